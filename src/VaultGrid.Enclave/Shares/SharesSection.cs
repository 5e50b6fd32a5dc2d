using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>The section of the store's versioned part that has the shared keys: evidence, version in force, holders, and what became of the share. The shares lie among the secrets.</summary>
internal static class SharesSection
{
    private const byte Version = 1;

    /// <summary>Writes it, in pieces; none where there are no keys. Each key's is encoded once: keys stay, and every step writes all of them.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(VaultState state)
    {
        List<ReadOnlyMemory<byte>> pieces = [.. state.Keys.All.Where(key => key.Shared is not null).Select(key => (ReadOnlyMemory<byte>)Encoded(key))];
        if (pieces.Count > 0) pieces.Insert(0, new WireWriter().U8(Version).U32((uint)pieces.Count).ToArray());
        return pieces;
    }

    /// <summary>Reads it into a state; the shares are asked for as they are named.</summary>
    public static Outcome<VaultState> Read(VaultState state, ReadOnlyMemory<byte> section, StoredSecrets secrets)
    {
        if (section.IsEmpty) return state;
        var reader = new WireReader(section.Span);
        if (reader.U8() != Version) reader.Fail("its version is unknown");
        var keys = reader.List(EnclaveLimits.Keys, (ref WireReader from) => ReadStored(ref from));
        if (!reader.End("the store's shared keys", out var refusal, RefusalCode.StoreTampered)) return refusal;
        foreach (var key in keys)
        {
            if (!Open(key, secrets).Is(out var opened, out refusal)) return refusal;
            state = state with { Keys = state.Keys.With(opened) };
        }

        return state;
    }

    /// <summary>One key's entry.</summary>
    public static byte[] Encoded(VaultKey key) => key.Stored(Encode);

    /// <summary>Reads one key's entry; what it says is not looked at before <see cref="Open"/>.</summary>
    public static StoredKey ReadStored(ref WireReader reader) => new(
        KeyEvidence.Read(ref reader), CertifiedVersion.Read(ref reader), reader.List(HolderSet.Limit, KeyHolder.Read), reader.U8(), (ShareState)reader.U8(),
        reader.Time(), reader.List(EnclaveLimits.Records, ApprovedRecord.Read));

    private static byte[] Encode(VaultKey key)
    {
        var (writer, part) = (new WireWriter(), key.Shared!);
        KeyEvidence.Write(writer, key.Evidence);
        CertifiedVersion.Write(writer, part.Certified);
        writer.List(part.Holders, KeyHolder.Write).U8(part.Share).U8((byte)part.State).Time(part.Since).List(part.Records, ApprovedRecord.Write);
        return writer.ToArray();
    }

    /// <summary>The key of an entry, with its share; <c>store.tampered</c>.</summary>
    public static Outcome<VaultKey> Open(StoredKey stored, StoredSecrets secrets)
    {
        if (!BirthRecord.Parse(stored.Evidence.Birth.Document.Span).Is(out var birth, out var refusal)) return refusal;
        if (!PolicyChain.Of(stored.Evidence).Is(out var policies, out refusal)) return refusal;
        if (!birth.Kind.IsShared() || !Enum.IsDefined(stored.State)) return new Refusal(RefusalCode.StoreTampered, $"the store holds '{birth.KeyId}' as a shared key");
        if (!SharedKey.Parse(birth.Kind.Group(), stored.Certified.Version.Shared.Span).Is(out var key, out refusal)) return refusal;
        KeyShare? share = null;
        if (stored.State == ShareState.Held)
        {
            if (!secrets.Share(birth).Is(out var secret, out refusal)) return refusal;
            if (!KeyShare.Of(new PartyIndex(Math.Max((byte)1, stored.Share)), key, secret).Is(out share, out refusal)) return refusal;
        }

        var part = SharedPart.Stored(stored.Certified, key, birth.Kind, [.. stored.Holders], stored.Share, stored.State, stored.Since, [.. stored.Records], share);
        return new VaultKey(stored.Evidence, birth, policies, part);
    }

    /// <summary>A key's entry as it was read.</summary>
    internal sealed record StoredKey(
        KeyEvidence Evidence, CertifiedVersion Certified, IReadOnlyList<KeyHolder> Holders, byte Share, ShareState State, DateTimeOffset Since, IReadOnlyList<ApprovedRecord> Records);
}
