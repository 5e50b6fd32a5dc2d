using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>Holds something that may be used a single time, such as a nonce or a round's state. Take it before the first check that can fail.</summary>
[DebuggerDisplay("Once(redacted)")]
public sealed class Once<T>(T value) : IDisposable
    where T : class, IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private T? _value = value;

    /// <summary>Hands the value over; the taker disposes of it.</summary>
    /// <exception cref="InvalidOperationException">It was taken, or disposed of, before.</exception>
    public T Take() =>
        Interlocked.Exchange(ref _value, null) ?? throw new InvalidOperationException($"This {typeof(T).Name} was already used.");

    /// <summary>Hands the value over, or answers false if it is gone.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? taken) =>
        (taken = Interlocked.Exchange(ref _value, null)) is not null;

    /// <summary>Disposes of the value if nobody took it.</summary>
    public void Dispose() => Interlocked.Exchange(ref _value, null)?.Dispose();

    /// <summary>Says what is held, never what it is.</summary>
    public override string ToString() => $"Once<{typeof(T).Name}>(redacted)";
}
