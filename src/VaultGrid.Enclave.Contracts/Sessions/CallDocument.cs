using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// A client's signed call in the place of an approved request, where a session signs (<see cref="OpenSessionCall"/>, <see cref="StepSessionCall"/>): no approvals come with it. It authorises
/// its bytes until it expires, at every holder whose policy permits the client to sign.
/// </summary>
/// <param name="Call">The call: action <c>key-sign</c>, its target the key.</param>
/// <param name="Parameters">What it asks to sign: <see cref="SignParameters"/> in their exact bytes.</param>
public sealed record CallDocument(SignedCall Call, ReadOnlyMemory<byte> Parameters)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/call-document\0"u8;

    /// <summary>True where bytes are such a document and not a request, which starts with a brace.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Tag);

    /// <summary>The bytes that stand in the place of a request's.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag);
        SignedCall.Write(writer, Call);
        return writer.Bytes(Parameters.Span).ToArray();
    }

    /// <summary>The hash that stands for the request's in a session's plan: SHA-256 of <see cref="ToBytes"/>.</summary>
    public Hash256 Hash() => Hash256.Sha256(ToBytes());

    /// <summary>Reads the document.</summary>
    public static Outcome<CallDocument> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var document = new CallDocument(SignedCall.Read(ref reader), reader.Memory(2 * SigningSubject.Message.Limit));
        return reader.End("a call in the place of a request", out var refusal) ? document : refusal;
    }
}
