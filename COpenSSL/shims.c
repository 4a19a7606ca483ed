#include "COpenSSL.h"

int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return SSL_CTX_set_min_proto_version(context, version);
}

int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return SSL_CTX_set_max_proto_version(context, version);
}

long COpenSSL_SSL_CTX_set_mode(SSL_CTX *context, long mode) { return SSL_CTX_set_mode(context, mode); }

long COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}

int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_groups_list(context, (char *)list);
}

long COpenSSL_SSL_CTX_set_max_cert_list(SSL_CTX *context, long bytes) {
  return SSL_CTX_set_max_cert_list(context, bytes);
}

void COpenSSL_SSL_CTX_set_tlsext_servername_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *),
                                                     void *argument) {
  SSL_CTX_set_tlsext_servername_callback(context, callback);
  SSL_CTX_set_tlsext_servername_arg(context, argument);
}

int COpenSSL_SSL_set_tlsext_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, (char *)name);
}

int COpenSSL_SSL_get_negotiated_group(SSL *ssl) { return (int)SSL_get_negotiated_group(ssl); }

int COpenSSL_SSL_get_extms_support(SSL *ssl) { return (int)SSL_get_extms_support(ssl); }

STACK_OF(X509) *COpenSSL_sk_X509_new_null(void) { return sk_X509_new_null(); }
int COpenSSL_sk_X509_push(STACK_OF(X509) *stack, X509 *owned) { return sk_X509_push(stack, owned); }
int COpenSSL_sk_X509_num(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
X509 *COpenSSL_sk_X509_value(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
void COpenSSL_sk_X509_pop_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

int COpenSSL_sk_SSL_CIPHER_num(const STACK_OF(SSL_CIPHER) *ciphers) { return sk_SSL_CIPHER_num(ciphers); }

const SSL_CIPHER *COpenSSL_sk_SSL_CIPHER_value(const STACK_OF(SSL_CIPHER) *ciphers, int index) {
  return sk_SSL_CIPHER_value(ciphers, index);
}

int COpenSSL_sk_GENERAL_NAME_num(const STACK_OF(GENERAL_NAME) *names) { return sk_GENERAL_NAME_num(names); }

const GENERAL_NAME *COpenSSL_sk_GENERAL_NAME_value(const STACK_OF(GENERAL_NAME) *names, int index) {
  return sk_GENERAL_NAME_value(names, index);
}

static const unsigned char *name_bytes(const GENERAL_NAME *name, int wanted, size_t *length) {
  int kind = 0;
  const ASN1_STRING *value = GENERAL_NAME_get0_value(name, &kind);
  if (kind != wanted || value == NULL) return NULL;
  *length = (size_t)ASN1_STRING_length(value);
  return ASN1_STRING_get0_data(value);
}

const unsigned char *COpenSSL_GENERAL_NAME_dns(const GENERAL_NAME *name, size_t *length) {
  return name_bytes(name, GEN_DNS, length);
}

const unsigned char *COpenSSL_GENERAL_NAME_ip(const GENERAL_NAME *name, size_t *length) {
  return name_bytes(name, GEN_IPADD, length);
}

long COpenSSL_BIO_get_mem_data(BIO *memory, char **bytes) { return BIO_get_mem_data(memory, bytes); }

void COpenSSL_OPENSSL_free(void *memory) { OPENSSL_free(memory); }

EVP_PKEY *COpenSSL_EVP_EC_gen(const char *curve) { return EVP_EC_gen((char *)curve); }
EVP_PKEY *COpenSSL_EVP_RSA_gen(size_t bits) { return EVP_RSA_gen(bits); }
EVP_PKEY *COpenSSL_EVP_ED25519_gen(void) { return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"); }
