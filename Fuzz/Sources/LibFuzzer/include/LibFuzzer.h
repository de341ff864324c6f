/* The entry of libFuzzer, which comes with the compiler (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library"). */
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
