// One shim for each thing of OpenSSL's headers that Swift cannot import, with the reason beside it.
#ifndef COPENSSL_SHIMS_H
#define COPENSSL_SHIMS_H

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// SSL_OP_*: made by the function-like macro SSL_OP_BIT ("structure not supported").
static const uint64_t COpenSSL_SSL_OP_NO_RENEGOTIATION = SSL_OP_NO_RENEGOTIATION;
static const uint64_t COpenSSL_SSL_OP_NO_COMPRESSION = SSL_OP_NO_COMPRESSION;
static const uint64_t COpenSSL_SSL_OP_NO_TICKET = SSL_OP_NO_TICKET;
static const uint64_t COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE = SSL_OP_CIPHER_SERVER_PREFERENCE;
static const uint64_t COpenSSL_SSL_OP_PRIORITIZE_CHACHA = SSL_OP_PRIORITIZE_CHACHA;
// Debian's openssl.cnf, or an operator's, may switch this on; it would hide truncation from us.
static const uint64_t COpenSSL_SSL_OP_IGNORE_UNEXPECTED_EOF = SSL_OP_IGNORE_UNEXPECTED_EOF;

// A sum of other macros. Without ESC_MSB a name's UTF-8 stays as it is.
static const unsigned long COpenSSL_XN_FLAG_RFC2253_UTF8 = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;

// Macros over SSL_CTX_ctrl.
int COpenSSL_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version);
int COpenSSL_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version);
long COpenSSL_SSL_CTX_set_mode(SSL_CTX *context, long mode);
long COpenSSL_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode);
int COpenSSL_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *list);
long COpenSSL_SSL_CTX_set_max_cert_list(SSL_CTX *context, long bytes);

// Macros over SSL_CTX_callback_ctrl and SSL_CTX_ctrl, together.
void COpenSSL_SSL_CTX_set_tlsext_servername_callback(SSL_CTX *context, int (*callback)(SSL *, int *, void *),
                                                     void *argument);

// Macros over SSL_ctrl.
int COpenSSL_SSL_set_tlsext_host_name(SSL *ssl, const char *name);
int COpenSSL_SSL_get_negotiated_group(SSL *ssl);
int COpenSSL_SSL_get_extms_support(SSL *ssl);

// Stacks: every sk_X509_*, sk_SSL_CIPHER_* and sk_GENERAL_NAME_* is a macro over OPENSSL_sk_*.
STACK_OF(X509) *COpenSSL_sk_X509_new_null(void);
int COpenSSL_sk_X509_push(STACK_OF(X509) *stack, X509 *owned);
void COpenSSL_sk_X509_pop_free(STACK_OF(X509) *stack);
int COpenSSL_sk_X509_num(const STACK_OF(X509) *stack);
X509 *COpenSSL_sk_X509_value(const STACK_OF(X509) *stack, int index);
int COpenSSL_sk_SSL_CIPHER_num(const STACK_OF(SSL_CIPHER) *ciphers);
const SSL_CIPHER *COpenSSL_sk_SSL_CIPHER_value(const STACK_OF(SSL_CIPHER) *ciphers, int index);
int COpenSSL_sk_GENERAL_NAME_num(const STACK_OF(GENERAL_NAME) *names);
const GENERAL_NAME *COpenSSL_sk_GENERAL_NAME_value(const STACK_OF(GENERAL_NAME) *names, int index);

// GENERAL_NAME is a struct with a union of pointers, which Swift imports only as an opaque blob.
// The bytes of a dNSName or iPAddress; NULL for any other kind. They belong to the name.
const unsigned char *COpenSSL_GENERAL_NAME_dns(const GENERAL_NAME *name, size_t *length);
const unsigned char *COpenSSL_GENERAL_NAME_ip(const GENERAL_NAME *name, size_t *length);

// Macro over BIO_ctrl: the bytes of a memory BIO, which keeps them.
long COpenSSL_BIO_get_mem_data(BIO *memory, char **bytes);

// Macro over CRYPTO_free.
void COpenSSL_OPENSSL_free(void *memory);

// Macros over the variadic EVP_PKEY_Q_keygen, and that itself.
EVP_PKEY *COpenSSL_EVP_EC_gen(const char *curve);
EVP_PKEY *COpenSSL_EVP_RSA_gen(size_t bits);
EVP_PKEY *COpenSSL_EVP_ED25519_gen(void);

#endif
