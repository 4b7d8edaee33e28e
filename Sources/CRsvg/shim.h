#pragma once
#include <cairo.h>
#include <librsvg/rsvg.h>

static inline void crsvg_free(void *object) { g_object_unref(object); }
