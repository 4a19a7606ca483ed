#include "wire.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void COpenSSL_Output_clear(COpenSSL_Output *output) {
  free(output->bytes);
  *output = (COpenSSL_Output){0};
}

static int reserve(COpenSSL_Output *output, size_t more) {
  size_t needed = output->length + more;
  if (needed <= output->capacity) return 1;
  // Room for one full record of 16 KiB and its overhead at once; then by doubling.
  size_t capacity = output->capacity ? output->capacity : 18 * 1024;
  while (capacity < needed) capacity *= 2;
  uint8_t *bytes = realloc(output->bytes, capacity);
  if (bytes == NULL) return 0;
  output->bytes = bytes;
  output->capacity = capacity;
  return 1;
}

static int wire_write(BIO *bio, const char *bytes, size_t count, size_t *written) {
  COpenSSL_Output *output = ((COpenSSL_Wire *)BIO_get_data(bio))->output;
  BIO_clear_retry_flags(bio);
  if (!reserve(output, count)) return 0;
  memcpy(output->bytes + output->length, bytes, count);
  output->length += count;
  *written = count;
  return 1;
}

static int wire_read(BIO *bio, char *bytes, size_t capacity, size_t *count) {
  COpenSSL_Wire *wire = BIO_get_data(bio);
  BIO_clear_retry_flags(bio);
  if (wire->input_length == 0) {
    // Nothing now is "try again", nothing ever is the end: libssl tells a truncated stream by that difference.
    if (wire->input_ended) return 0;
    BIO_set_retry_read(bio);
    return -1;
  }
  size_t n = capacity < wire->input_length ? capacity : wire->input_length;
  memcpy(bytes, wire->input, n);
  wire->input += n;
  wire->input_length -= n;
  *count = n;
  return 1;
}

static long wire_control(BIO *bio, int command, long argument, void *pointer) {
  (void)argument;
  (void)pointer;
  switch (command) {
    case BIO_CTRL_FLUSH: return 1;  // libssl flushes after each flight and takes 0 for a failure
    case BIO_CTRL_EOF: {
      COpenSSL_Wire *wire = BIO_get_data(bio);
      return wire->input_ended && wire->input_length == 0;
    }
    case BIO_CTRL_PENDING: return (long)((COpenSSL_Wire *)BIO_get_data(bio))->input_length;
    default: return 0;  // asked ten times for each record: whether the kernel does TLS here, and such
  }
}

static int wire_destroy(BIO *bio) {
  free(BIO_get_data(bio));
  return 1;
}

static BIO_METHOD *method;

static void make_method(void) {
  BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "conclave wire");
  if (made == NULL) return;
  BIO_meth_set_write_ex(made, wire_write);
  BIO_meth_set_read_ex(made, wire_read);
  BIO_meth_set_ctrl(made, wire_control);
  BIO_meth_set_destroy(made, wire_destroy);
  method = made;
}

BIO *COpenSSL_BIO_new_wire(COpenSSL_Output *output, COpenSSL_Wire **wire) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_method);
  BIO *bio = method ? BIO_new(method) : NULL;
  if (bio == NULL) return NULL;
  *wire = calloc(1, sizeof **wire);
  if (*wire == NULL) {
    BIO_free(bio);
    return NULL;
  }
  (*wire)->output = output;
  BIO_set_data(bio, *wire);
  BIO_set_init(bio, 1);
  return bio;
}
