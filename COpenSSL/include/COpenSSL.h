// COpenSSL: Debian's libssl as Swift sees it.
//
// Swift imports C functions and simple constants as they are. What it cannot see (function-like macros, the SSL_OP_*
// bits, stacks made by macros) stands in shims.h under the exact C name behind "COpenSSL_". What carries bytes between
// an SSL and our buffers is in wire.h. Only the targets TLS and TestKit import this module.
#ifndef COPENSSL_H
#define COPENSSL_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "shims.h"
#include "wire.h"

#endif
