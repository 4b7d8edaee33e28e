#pragma once
#include <zlib.h>

// A macro that Swift does not see: the best compression, with gzip's frame (15 + 16).
static inline int czlib_begin_gzip(z_stream *stream) {
    return deflateInit2(stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
}

// The same for reading.
static inline int czlib_begin_gunzip(z_stream *stream) {
    return inflateInit2(stream, 31);
}

// With zlib's own frame.
static inline int czlib_begin_inflate(z_stream *stream) {
    return inflateInit2(stream, 15);
}
