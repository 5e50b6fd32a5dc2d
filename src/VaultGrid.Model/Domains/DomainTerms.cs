using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What a Domain is and which Trust it stands under: part of the associated data of every key in it.</summary>
/// <param name="Id">The Domain.</param>
/// <param name="First">The hash of the chain's first Trust: the anchor for whoever knows no Trust yet.</param>
/// <param name="Trust">The hash of the Trust whose HSMs have tokens.</param>
/// <param name="Revision">From 1.</param>
/// <param name="Owner">An operator's identity, or empty.</param>
public sealed record DomainTerms(DomainId Id, Hash256 First, Hash256 Trust, ulong Revision, string Owner)
{
    private const int OwnerLimit = 128;

    /// <summary>Associated data of a sealed master key: tag ‖ Domain (16) ‖ version (4) ‖ kind (1) ‖ Trust (32) ‖ public half behind its length.</summary>
    public byte[] MasterContext(uint version, MasterKeyKind kind, ReadOnlySpan<byte> publicHalf) =>
        Tagged.Statement("domain-master", new WireWriter().Id(Id.Value).U32(version).U8((byte)kind).Hash(Trust).Bytes(publicHalf).Written);

    /// <summary>Context of a token: tag ‖ Domain (16) ‖ Trust (32) ‖ revision (8) ‖ SHA-256 of the wrap key (32).</summary>
    public byte[] TokenContext(Hash256 wrapKey) =>
        Tagged.Statement("domain-token", new WireWriter().Id(Id.Value).Hash(Trust).U64(Revision).Hash(wrapKey).Written);

    internal static void Write(WireWriter writer, DomainTerms terms) =>
        writer.Id(terms.Id.Value).Hash(terms.First).Hash(terms.Trust).U64(terms.Revision).Text(terms.Owner);

    internal static DomainTerms Read(ref WireReader reader)
    {
        var terms = new DomainTerms(new DomainId(reader.Id()), reader.Hash(), reader.Hash(), reader.U64(), reader.Text(OwnerLimit));
        if (terms.Revision is 0 or > long.MaxValue) reader.Fail("the revision is out of range");
        if (terms.Owner.Length > 0 && !(CertificateIdentity.Parse(terms.Owner).Is(out var owner, out _) && owner.Role == CertificateRole.Operator))
            reader.Fail("the owner is not an operator");
        return terms;
    }
}
