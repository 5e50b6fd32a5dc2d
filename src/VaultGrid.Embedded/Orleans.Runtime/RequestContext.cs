using System.Collections.Immutable;
using VaultGrid.Embedded.Activations;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls, downstream only: what a callee sets is not seen by its caller.</summary>
#pragma warning disable CA1724 // The name is Orleans's.
public static class RequestContext
#pragma warning restore CA1724
{
    private const string ReentrancyKey = "#CCR";
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
            {
                Remove(ReentrancyKey);
            }
            else
            {
                Set(ReentrancyKey, value);
            }
        }
    }

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? [];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? [];

    internal static ImmutableDictionary<string, object>? Snapshot
    {
        get => Values.Value;
        set => Values.Value = value;
    }

    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value) =>
        Values.Value = (Values.Value ?? ImmutableDictionary.Create<string, object>(StringComparer.Ordinal)).SetItem(key, value);

    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        var rest = values.Remove(key);
        Values.Value = rest.IsEmpty ? null : rest;
        return true;
    }

    public static void Clear() => Values.Value = null;

    /// <summary>Until disposed, calls that this call causes may come back into this activation.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? Guid.CreateVersion7() : original);
    }

    /// <summary>Until disposed, no call may come back on account of an outer <see cref="AllowCallChainReentrancy"/>.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>Restores the former rule when disposed.</summary>
#pragma warning disable CA1034, CA1815 // Nested and without equality, as in Orleans.
    public readonly struct ReentrancySection : IDisposable
#pragma warning restore CA1034, CA1815
    {
        private readonly Guid _original;
        private readonly Guid _current;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            (_original, _current) = (originalReentrancyId, newReentrancyId);
            ReentrancyId = newReentrancyId;
            if (newReentrancyId != Guid.Empty)
            {
                ActivationContext.Current?.EnterReentrantSection(newReentrancyId);
            }
        }

        public void Dispose()
        {
            if (_current != Guid.Empty)
            {
                ActivationContext.Current?.LeaveReentrantSection(_current);
            }

            ReentrancyId = _original;
        }
    }
}
