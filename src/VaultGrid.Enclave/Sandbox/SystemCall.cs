namespace VaultGrid.Enclave;

/// <summary>A system call of Linux with its numbers (asm/unistd_64.h, asm-generic/unistd.h); -1 where an architecture has none.</summary>
internal readonly record struct SystemCall(string Name, int X64, int Arm64);
