using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// A version with the votes of a quorum of its holders (n - f where n is at least 3f + 1, else all n). Each voter has sealed its share before it signed, so from here
/// on the version is in force, whoever has seen this and whoever has not. Every enclave checks it by itself.
/// </summary>
/// <param name="Version">The version.</param>
/// <param name="Votes">The votes, in order of the holders.</param>
public sealed record CertifiedVersion(KeyVersion Version, IReadOnlyList<VersionVote> Votes)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, CertifiedVersion certified)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(certified);
        writer.Bytes(certified.Version.ToBytes()).List(certified.Votes, VersionVote.Write);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CertifiedVersion Read(ref WireReader reader)
    {
        var inner = new WireReader(reader.Bytes(4 * KeyVersion.SharedLimit));
        var version = KeyVersion.Read(ref inner);
        if (!inner.End("a version of a shared key", out var refusal)) reader.Fail(refusal.Detail);
        return new CertifiedVersion(version, reader.List(HolderSet.Limit, VersionVote.Read));
    }
}

/// <summary>One holder's vote for a version.</summary>
/// <param name="Share">The number of the share that the voter holds, from 1.</param>
/// <param name="Certificate">The voter's device certificate, DER.</param>
/// <param name="Signature">The D key's signature over <see cref="Statement"/>.</param>
public sealed record VersionVote(byte Share, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature)
{
    /// <summary>What a vote signs.</summary>
    public static byte[] Statement(KeyVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return Tagged.Statement("key-version-vote", version.Hash().AsSpan());
    }

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, VersionVote vote)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vote);
        writer.U8(vote.Share).Bytes(vote.Certificate.Span).Bytes(vote.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static VersionVote Read(ref WireReader reader) =>
        new(reader.U8(), reader.Memory(EnclaveLimits.Certificate), reader.Memory(EnclaveLimits.Statement));
}
