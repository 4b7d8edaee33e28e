#pragma once
#include <isa-l.h>

// Macros that Swift does not see.
static inline uint32_t cisal_level1_buffer_size(void) { return ISAL_DEF_LVL1_DEFAULT; }
