using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Cli.Approvals;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Verifying;

/// <summary>Verifies a signature answer; with the request also that it is what was asked, with an xpub also that the key is that path's.</summary>
internal sealed class VerifySignatureCommand : LeafCommand
{
    private readonly Argument<string> _answer = new("FILE") { Description = "The answer of 'sign --json' or 'key audit --json'" };
    private readonly Option<string?> _request = new("--request") { Description = "The request that it answers", HelpName = "FILE" };
    private readonly Option<string?> _xpub = new("--xpub") { Description = "Extended public key of an account above the path, from 'key xpub'", HelpName = "XPUB" };
    private readonly Option<DerivationPath?> _xpubPath = Inputs.Path("Path of --xpub", "--xpub-path");

    public VerifySignatureCommand()
        : base("signature", "Verify a signature answer", "vaultgrid verify signature answer.json --request request.json")
    {
        Arguments.Add(_answer);
        foreach (var option in new Option[] { _request, _xpub, _xpubPath }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var answer = SignatureText.Verified(ReadAnswer(run.Get(_answer)));
        var checks = new List<string> { "signature over digest", "low s", "address of key" };
        if (run.Get(_request) is { } requestPath)
        {
            var request = RequestFile.Read(requestPath).Request.Request;
            if (request is not SignRequest sign) throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestAction, $"{requestPath} asks for no signature"));
            SignatureMatches.Check(sign, answer);
            checks.Add("what the request asked");
        }

        if (run.Get(_xpub) is { } xpub)
        {
            CheckKey(answer, ExtendedPublicKey.Parse(xpub).OrEnd("--xpub"), run.Need(_xpubPath, "it says where --xpub belongs"));
            checks.Add("key of xpub and path");
        }

        return Task.FromResult(new Report(new JsonObject { ["valid"] = true, ["checked"] = new JsonArray([.. checks.Select(check => (JsonNode)check)]) })
            .Line("the signature is valid")
            .Field("checked", string.Join(", ", checks))
            .Field("public key", Hex.Encode(answer.PublicKey.Span)));
    }

    private static SignatureStatus ReadAnswer(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(InputFile.Bytes(path), VaultGridJson.Answers.SignatureStatus) ?? throw Malformed(path);
        }
        catch (JsonException)
        {
            throw Malformed(path);
        }
    }

    private static void CheckKey(SignatureStatus answer, ExtendedPublicKey extended, DerivationPath at)
    {
        var path = DerivationPath.Parse(answer.KeyPath).OrEnd();
        if (!path.StartsWith(at)) throw CommandEndedException.Refused(new Refusal(RefusalCode.InputMalformed, $"the path {path} does not lie under {at}"));
        var key = extended.Derive(path.Steps[at.Depth..]).OrEnd();
        if (!PublicBytes.Equal(key.PublicKey.Compressed, answer.PublicKey.Span))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, $"the public key is not the one at {path} under this xpub"));
    }

    private static CommandEndedException Malformed(string path) =>
        CommandEndedException.Refused(new Refusal(RefusalCode.InputMalformed, $"{path} is not the JSON answer of a signature"));
}
