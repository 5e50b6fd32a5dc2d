using System.Text;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Dise;

namespace VaultGrid.Enclave.Tests;

/// <summary>Threshold encryption: enclaves evaluate for whom the policy permits it, and only the caller can read what they answer.</summary>
public sealed class DiseEvaluationTests
{
    [Fact]
    public async Task A_client_encrypts_with_two_enclaves_and_another_decrypts_with_two_others()
    {
        await using var grid = await SharedGrid.StartAsync();
        var (writer, reader) = (new SharedClient(grid, "writer"), new SharedClient(grid, "reader"));
        var policy = grid.Policy(KeyKind.Dise, permissions: [reader.May(KeyOperations.Decrypt), writer.May(KeyOperations.Encrypt)]);
        var ceremony = await grid.Generate(KeyKind.Dise, policy: policy).RunAsync();
        var key = SharedKey.Parse(KeyKind.Dise.Group(), ceremony.Certified.Version.Shared.Span).Value;

        using var message = SecretBytes.Take(Encoding.UTF8.GetBytes("a secret of the treasury"));
        using var encryption = DiseEncryption.Start(key, Encoding.UTF8.GetBytes(writer.Identity), message).Value;
        await EvaluateAsync(grid, writer, KeyCallRules.Encrypt, ceremony, encryption.Combiner, "1/1", "2/2");
        var ciphertext = DiseCiphertext.Parse(encryption.Finish().Value.ToBytes()).Value;

        using var decryption = new DiseDecryption(key, ciphertext);
        await EvaluateAsync(grid, reader, KeyCallRules.Decrypt, ceremony, decryption.Combiner, "1/2", "2/1");
        using var opened = decryption.Finish().Value;
        Assert.Equal("a secret of the treasury", Text(opened));

        // Old ciphertexts stay readable after a refresh, with evaluations of the new version.
        var refreshed = await grid.Refresh(ceremony.Certified, grid.RefreshRequest(ceremony.Certified)).RunAsync();
        using var later = new DiseDecryption(SharedKey.Parse(KeyKind.Dise.Group(), refreshed.Certified.Version.Shared.Span).Value, ciphertext);
        await EvaluateAsync(grid, reader, KeyCallRules.Decrypt, refreshed, later.Combiner, "2/1", "1/1");
        using var again = later.Finish().Value;
        Assert.Equal("a secret of the treasury", Text(again));
    }

    [Fact]
    public async Task Whoever_the_policy_does_not_name_gets_nothing_and_nobody_encrypts_as_another()
    {
        await using var grid = await SharedGrid.StartAsync();
        var (writer, stranger) = (new SharedClient(grid, "writer"), new SharedClient(grid, "stranger"));
        var ceremony = await grid.Generate(KeyKind.Dise, policy: grid.Policy(KeyKind.Dise, permissions: writer.May(KeyOperations.Encrypt))).RunAsync();
        var own = DiseInput.Of(Encoding.UTF8.GetBytes(writer.Identity), Hash256.Sha256([1])).Value.ToBytes();
        var foreign = DiseInput.Of(Encoding.UTF8.GetBytes(stranger.Identity), Hash256.Sha256([1])).Value.ToBytes();
        await grid["1/1"].RefusesAsync(RefusalCode.CallDenied, new EvaluateCall(stranger.Call(KeyCallRules.Encrypt, ceremony.Key, foreign), foreign));
        await grid["1/1"].RefusesAsync(RefusalCode.CallDenied, new EvaluateCall(writer.Call(KeyCallRules.Decrypt, ceremony.Key, own), own));
        await grid["1/1"].RefusesAsync(RefusalCode.CallDenied, new EvaluateCall(writer.Call(KeyCallRules.Encrypt, ceremony.Key, foreign), foreign));
        await grid["1/1"].RefusesAsync(RefusalCode.CallInvalid, new EvaluateCall(writer.Call(KeyCallRules.Encrypt, ceremony.Key, foreign), own));
        var once = new EvaluateCall(writer.Call(KeyCallRules.Encrypt, ceremony.Key, own), own);
        await grid["1/1"].AskAsync(once);
        await grid["1/1"].RefusesAsync(RefusalCode.CallReplayed, once);
        await grid["2/1"].AskAsync(once);
    }

    private static async Task EvaluateAsync(SharedGrid grid, SharedClient client, string action, TestCeremony ceremony, DiseCombiner combiner, params string[] enclaves)
    {
        var input = combiner.Input.ToBytes();
        var call = client.Call(action, ceremony.Key, input);
        foreach (var enclave in enclaves)
        {
            var answer = await grid[enclave].AskAsync(new EvaluateCall(call, input));
            Assert.Equal(ceremony.Certified.Version.Hash(), answer.Version);
            var header = EvaluateAnswer.Header(call.Body.Span, answer.Version, answer.Share);
            Assert.Null(combiner.Add(DiseEvaluation.From(SealedBox.Open(client.AnswerKey, header, header, answer.Sealed.Span).Value).Value).Fault);
        }
    }

    private static string Text(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
