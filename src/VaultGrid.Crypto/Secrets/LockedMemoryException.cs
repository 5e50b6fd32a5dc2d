namespace VaultGrid.Crypto;

/// <summary>The operating system refused memory for secrets that stays out of swap and core dumps; nothing was stored.</summary>
public sealed class LockedMemoryException : Exception
{
    internal LockedMemoryException(string call, int errno, nuint bytes, string limit)
        : base($"{call} refused {bytes} bytes of locked memory for secrets (errno {errno}); RLIMIT_MEMLOCK is {limit}: "
            + "raise it (ulimit -l, LimitMEMLOCK= in a systemd unit, --ulimit memlock= for a container).")
    {
    }
}
