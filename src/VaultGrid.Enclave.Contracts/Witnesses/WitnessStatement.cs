using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A witness: "this is the highest version of that enclave's store that I have durably recorded", signed by its D key with the asker's nonce.</summary>
/// <param name="Witness">The witness's node.</param>
/// <param name="DeviceKey">SHA-256 of the asker's D key: a node that was replaced begins anew.</param>
/// <param name="Version">The version recorded.</param>
/// <param name="Part">The hash recorded.</param>
/// <param name="Nonce">The asker's nonce.</param>
public sealed record WitnessStatement(NodeId Witness, Hash256 DeviceKey, ulong Version, Hash256 Part, Hash256 Nonce)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/witness\0"u8;

    /// <summary>The bytes that the witness's D key signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Node(Witness).Hash(DeviceKey).U64(Version).Hash(Part).Hash(Nonce).ToArray();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<WitnessStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var statement = new WitnessStatement(reader.NodeId(), reader.Hash(), reader.U64(), reader.Hash(), reader.Hash());
        return reader.End("a witness's statement", out var refusal) ? statement : refusal;
    }
}
