// Memory for the CPU tensors of libtorch: see arena.cpp.
#pragma once

void decant_install_arena();
