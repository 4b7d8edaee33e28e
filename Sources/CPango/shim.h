#pragma once
#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

static inline void cpango_free(void *object) { g_object_unref(object); }
