using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Cli.Requests;

/// <summary>A signature answer as JSON and for people. It is verified here before it is shown.</summary>
internal static class SignatureText
{
    public static JsonNode Json(SignatureStatus signature) => JsonSerializer.SerializeToNode(signature, VaultGridJson.Answers.SignatureStatus)!;

    public static Report Report(SignatureStatus signature) => new Report(Json(Verified(signature))).AddAll(Lines(signature));

    public static IReadOnlyList<Report.Part> Lines(SignatureStatus signature)
    {
        var lines = new List<Report.Part>
        {
            Field("signed by", $"{(signature.Participants is { } together ? $"nodes {string.Join(", ", together)}" : $"node {signature.Node}")}, path {signature.KeyPath}"),
            Field("digest", signature.Digest.ToString()),
            Field("r", Hex.Encode(signature.R.Span)),
            Field("s", Hex.Encode(signature.S.Span)),
            Field("v", signature.V.ToString(CultureInfo.InvariantCulture)),
            Field("public key", Hex.Encode(signature.PublicKey.Span)),
        };
        if (signature.Session is { } session) lines.Add(Field("session", session.ToString()));
        if (signature.Address is { } address) lines.Add(Field("address", address));
        if (signature.RawTransaction is { IsEmpty: false } raw)
        {
            if (EthereumTransaction.DecodeSigned(raw.Span).Is(out var signed, out _)) lines.Add(Field("transaction hash", signed.Hash.ToString()));
            lines.Add(Field("raw transaction", Hex.Encode(raw.Span)));
        }

        return lines;
    }

    /// <summary>A grid only carries signatures: this one has to hold under its own public key and digest, and the address has to be that key's.</summary>
    public static SignatureStatus Verified(SignatureStatus signature)
    {
        var valid = PublicKey.Parse(signature.PublicKey.Span).Is(out var key, out _)
            && EcdsaSignature.FromCompact([.. signature.R.Span, .. signature.S.Span], signature.V).Is(out var parsed, out _)
            && parsed.IsLowS
            && key.Verify(signature.Digest.AsSpan(), parsed)
            && (signature.Address is null || signature.Address == EthereumAddress.Of(key).ToString());
        return valid ? signature : throw CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the signature in the grid's answer doesn't verify: don't use it"));
    }

    private static Report.Part.Field Field(string label, string value) => new(label, value);
}
