#include "CTCPInfo.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

int CTCPInfo_read(int socket, CTCPInfo *info) {
  struct tcp_info all;
  socklen_t length = sizeof all;
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &all, &length) != 0) return -1;
  if (length < offsetof(struct tcp_info, tcpi_min_rtt)) return -1;
  info->unacknowledged = all.tcpi_unacked;
  info->unsent = all.tcpi_notsent_bytes;
  info->unanswered = (uint32_t)all.tcpi_retransmits + all.tcpi_probes;
  info->silence = all.tcpi_last_ack_recv < all.tcpi_last_data_recv ? all.tcpi_last_ack_recv : all.tcpi_last_data_recv;
  info->acknowledged = all.tcpi_bytes_acked;
  return 0;
}
