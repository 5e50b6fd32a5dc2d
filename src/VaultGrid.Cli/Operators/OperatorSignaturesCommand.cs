using System.Text.Json.Nodes;
using VaultGrid.Cli.Trusts;

namespace VaultGrid.Cli.Operators;

/// <summary>The operators' signatures under a Trust, each verified here.</summary>
internal sealed class OperatorSignaturesCommand : LeafCommand
{
    private readonly TrustInput _trust = new();

    public OperatorSignaturesCommand()
        : base("signatures", "Show the operators' signatures under a Trust, each checked", "vaultgrid operator signatures 0x…") => Arguments.Add(_trust.Argument);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var trust = await _trust.ReadAsync(run);
        var statement = OperatorSignature.Statement(trust.Hash);
        var signatures = trust.Signatures.Select(signature => (
            Signature: signature,
            Good: signature.Certificate.Key.VerifiesStatement(statement, signature.Bytes.Span),
            Own: trust.Body.Operators.Any(own => Signatory.Of(own) == signature.Signatory))).ToList();
        var json = new JsonObject
        {
            ["trust"] = trust.Hash.ToString(),
            ["quorum"] = trust.Body.Quorum,
            ["signatures"] = new JsonArray([.. signatures.Select(each => (JsonNode)new JsonObject
            {
                ["operator"] = each.Signature.Signatory.Identity,
                ["key"] = each.Signature.Signatory.Key.ToString(),
                ["good"] = each.Good,
                ["ofThisTrust"] = each.Own,
                ["signature"] = Hex.Encode(each.Signature.Bytes.Span),
            })]),
        };
        return new Report(json)
            .Line($"{signatures.Count(each => each is { Good: true, Own: true })} of {trust.Body.Operators.Length} operators of this Trust have signed; {trust.Body.Quorum} are needed")
            .Table(["operator", "key", "signature", "as operator of"], signatures.Select(each => new[]
            {
                each.Signature.Signatory.Identity, each.Signature.Signatory.Key.ToString(), each.Good ? "good" : "BAD", each.Own ? "this Trust" : "the Trust before",
            }));
    }
}
