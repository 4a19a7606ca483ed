// epoll(7), which Swift's Glibc leaves out. Only conclave-bench imports this module.
//
// The system's own header is not included here: the types that come along with it would then seem to belong to this
// module, and not to Glibc.
#ifndef CEPOLL_H
#define CEPOLL_H

#include <stdint.h>

enum { CEpoll_readable = 1, CEpoll_writable = 2 };

/// A socket that is ready. An error or a hang-up makes it readable, for reading tells which.
typedef struct CEpoll_Ready {
  uint64_t key;
  int32_t what;
} CEpoll_Ready;

/// A new epoll instance that no child inherits, or -1.
int CEpoll_create(void);

/// Watches a socket, level-triggered, for what is given. Returns -1 if it cannot.
int CEpoll_add(int epoll, int socket, uint64_t key, int32_t what);
int CEpoll_change(int epoll, int socket, uint64_t key, int32_t what);
int CEpoll_remove(int epoll, int socket);

/// Waits so long at most, in nanoseconds. Returns how many of `ready` it has filled in, 256 at most; -1 if a signal came.
int CEpoll_wait(int epoll, CEpoll_Ready *ready, int capacity, int64_t nanoseconds);

#endif
