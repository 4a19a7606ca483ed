// The wire: how ciphertext gets from our buffers into an SSL and out of it again, with no socket and no copy to spare.
//
// BIO_s_mem would keep its own queue in each direction, copy into it and clear it. This BIO reads straight from the
// bytes that have just arrived, for the time of one call, and appends what OpenSSL writes to one output that many
// sessions of a thread can share. Writing always succeeds, so SSL_ERROR_WANT_WRITE cannot occur.
#ifndef COPENSSL_WIRE_H
#define COPENSSL_WIRE_H

#include <openssl/bio.h>
#include <stddef.h>
#include <stdint.h>

/// Ciphertext that waits to be sent: `length` of `capacity` bytes are filled. It grows as needed and never shrinks.
typedef struct COpenSSL_Output {
  uint8_t *bytes;
  size_t length;
  size_t capacity;
} COpenSSL_Output;

/// One connection's two directions. `input` is borrowed: set before a call to libssl, cleared after it.
typedef struct COpenSSL_Wire {
  const uint8_t *input;
  size_t input_length;
  int input_ended;
  COpenSSL_Output *output;
} COpenSSL_Wire;

/// Frees the bytes of an output and leaves it empty.
void COpenSSL_Output_clear(COpenSSL_Output *output);

/// A new BIO, or NULL when memory is short, and the wire below it. The wire belongs to the BIO and is freed with it, for
/// SSL_free still talks to its BIO. The output must outlive both.
BIO *COpenSSL_BIO_new_wire(COpenSSL_Output *output, COpenSSL_Wire **wire);

#endif
