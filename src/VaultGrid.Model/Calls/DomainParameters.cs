using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>
/// The parameters of calls on Domains, one form for each use: <c>u8 1 ‖ u8 form ‖ fields</c>. A call names their hash (<see cref="CallBody.HashOf"/>); where a Domain is
/// used they name its keys' hash, so that nobody can put an older revision in its place.
/// </summary>
public abstract record DomainParameters
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The longest parameters, the longest message to be signed and the longest ciphertext, in bytes.</summary>
    public const int ByteLimit = MessageLimit + 1024, MessageLimit = 64 * 1024, CiphertextLimit = 1024;

    private const int OwnerLimit = 128;
    private const int SealedFileKey = SealedBox.Overhead + FileKeyWrap.KeyLength;

    private DomainParameters() { }

    /// <summary>The action of the call that they belong to.</summary>
    public abstract string Action { get; }

    /// <summary>Makes the Domain that the call names (<c>domain-create</c>).</summary>
    /// <param name="Kind">What its master key is.</param>
    /// <param name="Owner">The operator whose signing key it will be (identity), or empty.</param>
    /// <param name="First">The hash of the chain's first Trust.</param>
    /// <param name="Trust">The hash of the Trust that it shall stand under: the chain's newest.</param>
    public sealed record Create(MasterKeyKind Kind, string Owner, Hash256 First, Hash256 Trust) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-create";
    }

    /// <summary>Wraps the key of a new file under the newest master key, aes-256 (<c>domain-encrypt</c>). Answer: 80 bytes (<see cref="FileKeyWrap"/>).</summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    /// <param name="StreamPart">The file's stream part, 50 bytes.</param>
    /// <param name="SessionKey">SHA-256 of the session key's point: the enclave's that is asked.</param>
    /// <param name="FileKey">The file key, 32 bytes, sealed to it (<see cref="CallSecrets.InCall"/>): 125 bytes.</param>
    public sealed record Encrypt(Hash256 Keys, ReadOnlyMemory<byte> StreamPart, Hash256 SessionKey, ReadOnlyMemory<byte> FileKey) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-encrypt";
    }

    /// <summary>Opens the key of a file (<c>domain-decrypt</c>). Answer: the file key sealed to the answer key (<see cref="CallSecrets.InAnswer"/>).</summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    /// <param name="Header">The file's header, 150 bytes.</param>
    public sealed record DecryptFile(Hash256 Keys, ReadOnlyMemory<byte> Header) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-decrypt";
    }

    /// <summary>Decrypts with a master key of kind rsa-3072: RSA-OAEP, SHA-256, no label (<c>domain-decrypt</c>). Answer: the plaintext sealed to the answer key.</summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    /// <param name="Master">The version of the master key; 0 for the newest.</param>
    /// <param name="Ciphertext">384 bytes.</param>
    public sealed record DecryptData(Hash256 Keys, uint Master, ReadOnlyMemory<byte> Ciphertext) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-decrypt";
    }

    /// <summary>
    /// Signs (<c>domain-sign</c>): ed25519 the message; ecdsa-p256 (DER), ecdsa-secp256k1 (r ‖ s ‖ recovery id, 65 bytes, low s) and rsa-3072 (PSS, SHA-256, salt of 32)
    /// the message as a SHA-256 digest of 32 bytes.
    /// </summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    /// <param name="Master">The version of the master key; 0 for the newest.</param>
    /// <param name="Message">At most 64 KiB, or 32 bytes.</param>
    public sealed record Sign(Hash256 Keys, uint Master, ReadOnlyMemory<byte> Message) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-sign";
    }

    /// <summary>Writes the next revision (<c>domain-rotate</c>): a new wrapping key for the newest Trust, the same master keys.</summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    /// <param name="Trust">The hash of the Trust that it shall stand under: the chain's newest.</param>
    /// <param name="NewMaster">Draws a new master key for new data.</param>
    /// <param name="Oldest">Drops master keys below this version: their data were re-wrapped. 0 drops none.</param>
    public sealed record Rotate(Hash256 Keys, Hash256 Trust, bool NewMaster, uint Oldest) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-rotate";
    }

    /// <summary>Has the grid serve the Domain no more (<c>domain-retire</c>). No enclave takes part: no secret is used.</summary>
    /// <param name="Keys">The hash of the Domain's keys.</param>
    public sealed record Retire(Hash256 Keys) : DomainParameters
    {
        /// <inheritdoc/>
        public override string Action => "domain-retire";
    }

    /// <summary>Writes them down.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Version);
        return (this switch
        {
            Create create => writer.U8(1).U8((byte)create.Kind).Text(create.Owner).Hash(create.First).Hash(create.Trust),
            Encrypt encrypt => writer.U8(2).Hash(encrypt.Keys).Fixed(encrypt.StreamPart.Span).Hash(encrypt.SessionKey).Fixed(encrypt.FileKey.Span),
            DecryptFile decrypt => writer.U8(3).Hash(decrypt.Keys).Fixed(decrypt.Header.Span),
            DecryptData decrypt => writer.U8(4).Hash(decrypt.Keys).U32(decrypt.Master).Bytes(decrypt.Ciphertext.Span),
            Sign sign => writer.U8(5).Hash(sign.Keys).U32(sign.Master).Bytes(sign.Message.Span),
            Rotate rotate => writer.U8(6).Hash(rotate.Keys).Hash(rotate.Trust).U8(rotate.NewMaster ? (byte)1 : (byte)0).U32(rotate.Oldest),
            Retire retire => writer.U8(7).Hash(retire.Keys),
            _ => throw new InvalidOperationException("An unlisted form."),
        }).ToArray();
    }

    /// <summary>Reads them; <c>call.malformed</c> for anything but their one encoding.</summary>
    public static Outcome<DomainParameters> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"they are not of version {Version}");
        var parameters = Read(ref reader);
        return reader.End("the call's parameters", out var refusal, RefusalCode.CallMalformed) ? parameters! : refusal;
    }

    private static DomainParameters? Read(ref WireReader reader)
    {
        switch (reader.U8())
        {
            case 1: return new Create(ReadKind(ref reader), reader.Text(OwnerLimit), reader.Hash(), reader.Hash());
            case 2: return new Encrypt(reader.Hash(), reader.Fixed(FileHeader.StreamPartLength).ToArray(), reader.Hash(), reader.Fixed(SealedFileKey).ToArray());
            case 3: return new DecryptFile(reader.Hash(), reader.Fixed(FileHeader.Length).ToArray());
            case 4: return new DecryptData(reader.Hash(), reader.U32(), reader.Bytes(CiphertextLimit).ToArray());
            case 5: return new Sign(reader.Hash(), reader.U32(), reader.Bytes(MessageLimit).ToArray());
            case 6: return new Rotate(reader.Hash(), reader.Hash(), Flag(ref reader), reader.U32());
            case 7: return new Retire(reader.Hash());
            default:
                reader.Fail("their form is unknown");
                return null;
        }
    }

    private static MasterKeyKind ReadKind(ref WireReader reader)
    {
        var kind = (MasterKeyKind)reader.U8();
        if (!Enum.IsDefined(kind)) reader.Fail("the master key's kind is unknown");
        return kind;
    }

    private static bool Flag(ref WireReader reader)
    {
        var flag = reader.U8();
        if (flag > 1) reader.Fail("a flag is 0 or 1");
        return flag == 1;
    }
}
