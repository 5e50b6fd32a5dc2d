using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// Multiples of one public key, which make its verifications more than twice as fast. OpenSSL makes such tables for generators only, so this is its group with the key for a
/// generator. A table takes 150 KiB, and to make it as long as some 600 verifications save.
/// </summary>
internal sealed unsafe class P256Table
{
    /// <summary>So many verifications by a key foretell as many more.</summary>
    public const int WorthAfter = 512;

    /// <summary>Tables that a process has at most: 20 MB.</summary>
    public const int Most = 128;

    private static int _count;
    private static int _making;

    private P256Table(nint group) => Group = group;

    ~P256Table()
    {
        OpenSsl.FreeGroup(Group);
        Interlocked.Decrement(ref _count);
    }

    /// <summary>The group whose generator is the key; only read. Valid while this object is reachable.</summary>
    public nint Group { get; }

    /// <summary>Makes a table on another thread, one at a time; while that one is busy, or there are enough tables, nothing happens.</summary>
    /// <param name="point">The key (<see cref="P256Curve.IsPoint"/>).</param>
    /// <param name="made">Takes the table.</param>
    public static void Begin(byte[] point, Action<P256Table> made)
    {
        if (Interlocked.Exchange(ref _making, 1) != 0) return;
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                try
                {
                    if (TryMake(point) is { } table) made(table);
                }
                finally
                {
                    Volatile.Write(ref _making, 0);
                }
            },
            null);
    }

    /// <summary>Makes a table.</summary>
    /// <param name="point">The key (<see cref="P256Curve.IsPoint"/>).</param>
    /// <returns>The table; null if there are enough, or if this library makes none.</returns>
    public static P256Table? TryMake(ReadOnlySpan<byte> point)
    {
        if (Interlocked.Increment(ref _count) <= Most && Compute(point) is var group and not 0) return new(group);
        Interlocked.Decrement(ref _count);
        return null;
    }

    // Zero if it can't be done: keys are verified without a table then.
    private static nint Compute(ReadOnlySpan<byte> point)
    {
        nint group = 0, key = 0, context = 0;
        var done = false;
        try
        {
            group = OpenSsl.NewGroup(OpenSsl.P256);
            key = OpenSsl.NewPoint(P256Curve.Group);
            context = OpenSsl.NewPublicContext();
            fixed (byte* bytes = point)
            {
                done = group != 0 && key != 0 && context != 0
                    && OpenSsl.ReadPoint(P256Curve.Group, key, bytes, (nuint)point.Length, context) == 1
                    && OpenSsl.SetGenerator(group, key, OpenSsl.Order(P256Curve.Group), OpenSsl.Cofactor(P256Curve.Group)) == 1
                    && OpenSsl.Precompute(group, context) == 1;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A later OpenSSL may be without what is deprecated in this one.
        }
        finally
        {
            OpenSsl.WipeContext(context);
            OpenSsl.FreePoint(key);
            if (!done)
            {
                OpenSsl.FreeGroup(group);
                OpenSsl.ClearErrors();
            }
        }

        return done ? group : 0;
    }
}
