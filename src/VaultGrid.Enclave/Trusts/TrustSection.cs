namespace VaultGrid.Enclave;

/// <summary>
/// The store's section of Trusts: <c>u8 1 ‖ list (0 or 1): Bootstrap Trust ‖ list of chains: id ‖ u8 kind ‖ bytes wrap key ‖ bytes signature ‖ list of Trusts: hash ‖ u8 named ‖
/// list (0 or 1) of forks: hash ‖ hash ‖ bytes retirement</c>. Hashes alone: the documents are public, and come again with calls.
/// </summary>
internal static class TrustSection
{
    private const byte Version = 1;

    /// <summary>Writes it; nothing where there is nothing.</summary>
    public static ReadOnlyMemory<byte> Write(HeldChains chains) => chains.IsEmpty
        ? default
        : new WireWriter().U8(Version)
            .List<Hash256>(chains.Bootstrap is { } bootstrap ? [bootstrap] : [], (to, hash) => to.Hash(hash))
            .List(chains.All, Write)
            .ToArray();

    /// <summary>Reads what <see cref="Write(HeldChains)"/> wrote; wrap keys are asked for as they are named.</summary>
    public static Outcome<HeldChains> Read(ReadOnlySpan<byte> bytes, StoredSecrets secrets)
    {
        if (bytes.IsEmpty) return HeldChains.Empty;
        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var bootstraps = reader.List(1, (ref WireReader from) => from.Hash());
        var stored = reader.List(EnclaveLimits.Chains, Stored.Read);
        if (!reader.End("the store's section of Trusts", out var refusal, RefusalCode.StoreTampered)) return refusal;

        var chains = bootstraps is [var bootstrap] ? HeldChains.Empty.WithBootstrap(bootstrap) : HeldChains.Empty;
        foreach (var one in stored)
        {
            if (!one.Open(secrets).Is(out var chain, out refusal))
            {
                chains.Close();
                return refusal;
            }

            chains = chains.With(chain);
        }

        return chains;
    }

    private static void Write(WireWriter to, HeldChain chain) => to
        .Fixed(chain.Id.Value.ToByteArray(bigEndian: true)).U8((byte)chain.WrapKey.Kind).Bytes(chain.WrapKey.Spki.Span).Bytes(chain.Signature.Span)
        .List(chain.Trusts, (inner, trust) => inner.Hash(trust.Hash).U8(trust.IsNamed ? (byte)1 : (byte)0))
        .List<(Hash256 One, Hash256 Other)>(chain.Fork is { } fork ? [fork] : [], (inner, pair) => inner.Hash(pair.One).Hash(pair.Other))
        .Bytes(chain.Retirement.Span);

    private sealed record Stored(
        TrustId Id, WrapKeyKind Kind, ReadOnlyMemory<byte> Spki, ReadOnlyMemory<byte> Signature, IReadOnlyList<VerifiedTrust> Trusts,
        IReadOnlyList<(Hash256 One, Hash256 Other)> Forks, ReadOnlyMemory<byte> Retirement)
    {
        public static Stored Read(ref WireReader reader)
        {
            var id = reader.Fixed(16);
            return new Stored(
                id.IsEmpty ? default : new TrustId(new Guid(id, bigEndian: true)), (WrapKeyKind)reader.U8(), reader.Memory(WrapPublicKey.SpkiLimit),
                reader.Memory(EnclaveLimits.Statement),
                reader.List(EnclaveLimits.Records, (ref WireReader from) => new VerifiedTrust(from.Hash(), from.U8() == 1)),
                reader.List(1, (ref WireReader from) => (from.Hash(), from.Hash())),
                reader.Memory(EnclaveLimits.Statement));
        }

        public Outcome<HeldChain> Open(StoredSecrets secrets)
        {
            if (!WrapPublicKey.Parse(Kind, Spki.Span).Is(out var wrapKey, out var refusal)) return refusal;
            Leased<ChainKey>? key = null;
            if (Retirement.IsEmpty)
            {
                if (!secrets.Chain(wrapKey).Is(out var opened, out refusal)) return refusal;
                key = new Leased<ChainKey>(opened);
            }

            return new HeldChain
            {
                Id = Id, WrapKey = wrapKey, Signature = Signature, Key = key, Trusts = [.. Trusts], Fork = Forks is [var fork] ? fork : null, Retirement = Retirement,
            };
        }
    }
}
