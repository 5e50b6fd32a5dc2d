using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>An enclave to its witnesses: "record this version of my store, and sign what you hold" (protocols §2, rollback). Signed by its D key.</summary>
/// <param name="Node">The enclave's node.</param>
/// <param name="Version">The version of its store's versioned part.</param>
/// <param name="Part">The hash of that part.</param>
/// <param name="Nonce">32 fresh random bytes.</param>
public sealed record WitnessRequest(NodeId Node, ulong Version, Hash256 Part, Hash256 Nonce)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/witness-request\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Node(Node).U64(Version).Hash(Part).Hash(Nonce).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<WitnessRequest> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var request = new WitnessRequest(reader.NodeId(), reader.U64(), reader.Hash(), reader.Hash());
        return reader.End("a request to witnesses", out var refusal) ? request : refusal;
    }
}
