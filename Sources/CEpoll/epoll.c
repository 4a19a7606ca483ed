#define _GNU_SOURCE
#include "CEpoll.h"

#include <errno.h>
#include <sys/epoll.h>
#include <time.h>

int CEpoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static int control(int epoll, int operation, int socket, uint64_t key, int32_t what) {
  struct epoll_event event = {.data.u64 = key};
  if (what & CEpoll_readable) event.events |= EPOLLIN;
  if (what & CEpoll_writable) event.events |= EPOLLOUT;
  return epoll_ctl(epoll, operation, socket, &event);
}

int CEpoll_add(int epoll, int socket, uint64_t key, int32_t what) {
  return control(epoll, EPOLL_CTL_ADD, socket, key, what);
}

int CEpoll_change(int epoll, int socket, uint64_t key, int32_t what) {
  return control(epoll, EPOLL_CTL_MOD, socket, key, what);
}

int CEpoll_remove(int epoll, int socket) { return control(epoll, EPOLL_CTL_DEL, socket, 0, 0); }

int CEpoll_wait(int epoll, CEpoll_Ready *ready, int capacity, int64_t nanoseconds) {
  struct epoll_event events[256];
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  if (capacity > 256) capacity = 256;
  // Not epoll_wait: an open loop has to wake up to less than a millisecond. Valgrind, and Linux before 5.11, lack it.
  int count = epoll_pwait2(epoll, events, capacity, &time, NULL);
  if (count < 0 && errno == ENOSYS) count = epoll_wait(epoll, events, capacity, (int)(nanoseconds / 1000000) + 1);
  for (int i = 0; i < count; i++) {
    ready[i].key = events[i].data.u64;
    ready[i].what = (events[i].events & EPOLLOUT ? CEpoll_writable : 0) |
                    (events[i].events & ~(uint32_t)EPOLLOUT ? CEpoll_readable : 0);
  }
  return count;
}
