using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Authorities;

/// <summary>A silo's copy of the authorities, parsed once: for early answers only, so it may be a little old.</summary>
internal sealed class AuthoritiesView(TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private Snapshot _snapshot = new(null, default, DateTimeOffset.MinValue);

    /// <summary>Certificates that were seen before.</summary>
    public CertificateCache Certificates { get; } = new();

    /// <summary>The authorities; null where none were published.</summary>
    /// <param name="grains">Where to ask.</param>
    /// <param name="fresh">Whether to ask now.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<TrustedAuthorities?> GetAsync(IGrainFactory grains, bool fresh, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _snapshot);
        var now = time.GetUtcNow();
        if (!fresh && now - known.At < FreshFor) return known.Authorities;

        var answer = await grains.GetGrain<IAuthoritiesGrain>(IGridGrain.Key).GetAsync(cancellationToken);
        var authorities = known.Authorities;
        var bytes = answer.Value?.Bundle ?? default;
        if (!PublicBytes.Equal(bytes.Span, known.Bytes.Span)) authorities = Restore(bytes);
        Volatile.Write(ref _snapshot, new Snapshot(authorities, bytes, now));
        return authorities;
    }

    private static TrustedAuthorities? Restore(ReadOnlyMemory<byte> bytes) =>
        TrustedAuthorities.Restore(bytes.Span).Is(out var authorities, out _) ? authorities : null;

    private sealed record Snapshot(TrustedAuthorities? Authorities, ReadOnlyMemory<byte> Bytes, DateTimeOffset At);
}
