using System.Diagnostics.CodeAnalysis;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Asks for one signature. It authorises its bytes on any node of the cluster until it expires; repeated, the same statement is signed.</summary>
public sealed record SignRequest : Request
{
    internal const string Name = "sign";

    /// <summary>A request made here.</summary>
    public SignRequest() { }

    [SetsRequiredMembers]
    internal SignRequest(DocumentReader reader)
        : base(reader, RequestScope.OneOrSeveral)
    {
        Key = reader.Hash("key");
        Path = reader.Path("path");
        Subject = reader.Parsed<SigningAlgorithm>("algorithm", SigningAlgorithms.TryParse) switch
        {
            SigningAlgorithm.Taproot => new SigningSubject.Message(
                SigningAlgorithm.Taproot, Message(reader), reader.Parsed<TaprootTweak>("tweak", TaprootTweak.TryParse)),
            SigningAlgorithm.Schnorr or SigningAlgorithm.Ed25519 or SigningAlgorithm.Bls => new SigningSubject.Message(
                reader.Parsed<SigningAlgorithm>("algorithm", SigningAlgorithms.TryParse), Message(reader), null),
            SigningAlgorithm.EcdsaSecp256k1 => new SigningSubject.Digest(reader.Hash("digest")),
            SigningAlgorithm.EthereumTransaction => new SigningSubject.EthereumTransaction(
                reader.Parsed<byte[]>("transaction", Hex.TryDecode, CanonicalObject.SizeLimit) ?? []),
            _ => throw new InvalidOperationException("An unlisted signing algorithm."),
        };
    }

    /// <inheritdoc/>
    public override string Action => Name;

    /// <summary>The hash of the key's birth record.</summary>
    public required Hash256 Key { get; init; }

    /// <summary>The derivation path of the account that signs.</summary>
    public required DerivationPath Path { get; init; }

    /// <summary>What is signed.</summary>
    public required SigningSubject Subject { get; init; }

    /// <summary>How it is signed: given by the subject.</summary>
    public SigningAlgorithm Algorithm => Subject switch
    {
        SigningSubject.Digest => SigningAlgorithm.EcdsaSecp256k1,
        SigningSubject.EthereumTransaction => SigningAlgorithm.EthereumTransaction,
        SigningSubject.Message message => message.Algorithm,
        _ => throw new InvalidOperationException("An unlisted signing subject."),
    };

    internal override void WriteMembers(CanonicalWriter writer)
    {
        writer.Add("key", Key).Add("path", Path).Add("algorithm", Algorithm.Name());
        _ = Subject switch
        {
            SigningSubject.Digest digest => writer.Add("digest", digest.Value),
            SigningSubject.EthereumTransaction transaction => writer.Add("transaction", Hex.Encode(transaction.Unsigned.Span)),
            SigningSubject.Message message => WriteMessage(writer, message),
            _ => throw new InvalidOperationException("An unlisted signing subject."),
        };
    }

    private static byte[] Message(DocumentReader reader)
    {
        var bytes = reader.Parsed<byte[]>("message", Hex.TryDecode, CanonicalObject.SizeLimit) ?? [];
        if (bytes.Length > SigningSubject.Message.Limit) reader.Fail($"member 'message' has more than {SigningSubject.Message.Limit} bytes");
        return bytes;
    }

    private static CanonicalWriter WriteMessage(CanonicalWriter writer, SigningSubject.Message message)
    {
        writer.Add("message", Hex.Encode(message.Bytes.Span));
        return message.Tweak is { } tweak ? writer.Add("tweak", tweak) : writer;
    }
}
