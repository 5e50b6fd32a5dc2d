using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// What an enclave says, D-signed, about its share of a key. Whoever encrypts to a key, or trusts a silo's word for a public key as little as for anything else, asks
/// f + 1 holders.
/// </summary>
/// <param name="Node">Who says it.</param>
/// <param name="Time">When, by its clock.</param>
/// <param name="Certified">The version in force, as far as this enclave knows.</param>
/// <param name="Share">The number of this enclave's share in that version, or 0: it is no holder.</param>
/// <param name="State">What became of the share.</param>
/// <param name="IsRefreshDue">True where the key's policy asks for a refresh now: a ceremony needs no request then.</param>
public sealed record ShareStatement(NodeId Node, DateTimeOffset Time, CertifiedVersion Certified, byte Share, ShareState State, bool IsRefreshDue)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/share-statement\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag).Node(Node).Time(Time);
        CertifiedVersion.Write(writer, Certified);
        return writer.U8(Share).U8((byte)State).U8(IsRefreshDue ? (byte)1 : (byte)0).ToArray();
    }

    /// <summary>Reads a statement; its signature and the votes in it are the caller's to check.</summary>
    public static Outcome<ShareStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var statement = new ShareStatement(reader.NodeId(), reader.Time(), CertifiedVersion.Read(ref reader), reader.U8(), (ShareState)reader.U8(), reader.U8() == 1);
        if (!Enum.IsDefined(statement.State)) reader.Fail("the state of a share is unknown");
        return reader.End("a statement about a share", out var refusal) ? statement : refusal;
    }
}

/// <summary>What an enclave has of its share of the version in force. Numbers are wire format.</summary>
public enum ShareState : byte
{
    /// <summary>It holds the share.</summary>
    Held = 1,

    /// <summary>It is a holder without its share: to be repaired.</summary>
    Missing = 2,

    /// <summary>It is no holder of this version any more; its old share is destroyed.</summary>
    Released = 3,

    /// <summary>The key was deleted: its share is destroyed and the name stays taken.</summary>
    Deleted = 4,
}
