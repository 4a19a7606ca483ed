// TCP_INFO of tcp(7), with the fields that the C library's own header does not have.
//
// The system's header is not included here: the types that come along with it would then seem to belong to this module,
// and not to Glibc.
#ifndef CTCPINFO_H
#define CTCPINFO_H

#include <stdint.h>

typedef struct CTCPInfo {
  /// How many segments are sent and not acknowledged, and how many bytes are not even sent.
  uint32_t unacknowledged;
  uint32_t unsent;
  /// How often in a row something was sent again, or the peer was asked whether it takes more, without an answer.
  uint32_t unanswered;
  /// Milliseconds since the peer last acknowledged anything, or sent anything.
  uint32_t silence;
  /// How many bytes it has acknowledged in all.
  uint64_t acknowledged;
} CTCPInfo;

/// Returns 0, or -1 if `socket` is none of TCP or the kernel is too old to say it all.
int CTCPInfo_read(int socket, CTCPInfo *info);

#endif
