using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the extended public key at a path that leads towards paths which the key's policy allows.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Path">The account's path.</param>
public sealed record DeriveAccountCall(Hash256 Key, DerivationPath Path) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <summary>The size of a serialized extended public key (BIP-32), in bytes, before Base58Check.</summary>
    public const int ExtendedKeySize = 78;

    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.DeriveAccount;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key).Text(Path.ToString());
    }

    /// <inheritdoc/>
    /// <remarks>The answer is the 78-byte BIP-32 serialization with the mainnet public version.</remarks>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Fixed(ExtendedKeySize).ToArray();

    /// <summary>Reads the call's body.</summary>
    public static DeriveAccountCall Read(ref WireReader reader) => new(reader.Hash(), reader.DerivationPath());
}
