using System.Text;
using VaultGrid.Channels;
using VaultGrid.Cli.Tests.Scripts;
using VaultGrid.Client;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Tests.Commands;

/// <summary>A signature across an air gap: messages leave as pictures or lines, are read by an ordinary reader, carried out by the internal relay, and come back.</summary>
public sealed class AirGapTests(LiveGrid live)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_signature_is_carried_over_the_gap_by_hand(bool pictures)
    {
        if (pictures && !File.Exists("/usr/bin/zbarimg")) Assert.Skip("zbarimg (zbar-tools) is not installed");
        var directory = Directory.CreateTempSubdirectory("vg-gap-").FullName;
        try
        {
            await RunAsync(directory, "cp -r \"$C/ca\" ca && for name in outer hand; do vaultgrid ca issue ca relay $name --out $name.pem --dns localhost --key-out $name.key --key-passphrase-file \"$C/passphrase\" --passphrase-file \"$C/passphrase\" --unsafe-fast-passphrase; done");
            using var identity = Identity(directory, "outer");
            var options = new ChannelOptions { Peer = "vaultgrid://relay/hand", Patience = TimeSpan.Zero };
            var handler = new ChannelHandler(new ChannelDirectory(Path.Combine(directory, "outside")), options, identity, new KnownAuthorities(live.Grid.Ceremony.Trusted()), TimeProvider.System);
            using var client = VaultGridClient.Over(new VaultGridClientOptions { Address = new Uri("https://channel.invalid"), Retries = 0 }, handler, TimeProvider.System).Value;
            var outside = client.OnBehalfOf(CertificateIdentity.Client("local").Value);

            var key = (await live.Grid.Client.GetKeyAsync(new ClusterId(1), KeyId.Parse("treasury"), TestContext.Current.CancellationToken)).Value;
            var digest = Hash256.Sha256(Guid.NewGuid().ToByteArray());
            var request = live.Grid.Requests.Sign(key, DerivationPath.Parse("m/44'/60'/0'/0/0").Value, new SigningSubject.Digest(digest), "over the gap");
            // Approvals are made once: ECDSA signatures of the same request differ, and another call would be another message.
            var call = live.Grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
            Task<Outcome<RequestStatus>> AgainAsync() => outside.ExecuteApprovedAsync(new RequestSubmission(request.Utf8), call, TestContext.Current.CancellationToken);
            Assert.Equal(RefusalCode.ChannelWaiting, (await AgainAsync()).Refusal?.Code);

            await CarryAsync(directory, "outside", "inside", "", pictures);
            const string Serve = "vaultgrid relay serve inside --memory answered --peer vaultgrid://relay/outer --client-cert hand.pem --client-key hand.key --once";
            Assert.Contains("1 messages served", await RunAsync(directory, Serve), StringComparison.Ordinal);
            await CarryAsync(directory, "inside", "outside", " --answers", pictures);

            var status = (await AgainAsync()).Value;
            Assert.Equal("done", status.State);
            Assert.Equal(digest, status.Signature!.Digest);
            Assert.Contains("vaultgrid://relay/hand", status.Caller, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task CarryAsync(string directory, string from, string to, string what, bool pictures)
    {
        var name = $"{from}-to-{to}";
        await RunAsync(directory, pictures
            ? $"vaultgrid relay export {from}{what} --qr {name} && zbarimg -q --raw {name}/*.png > {name}.txt && vaultgrid relay import {to} {name}.txt"
            : $"vaultgrid relay export {from}{what} --out {name}.txt && sort -r {name}.txt | vaultgrid relay import {to} -");
    }

    private async Task<string> RunAsync(string directory, string shell)
    {
        var run = await CommandRun.OfAsync(directory, shell, GridEnvironment.Of(live.Grid));
        Assert.True(run.ExitCode == 0, $"{shell}\n{run.Output}\n{run.Error}");
        return run.Output;
    }

    private TlsIdentity Identity(string directory, string name) => TlsIdentity.FromPem(
        File.ReadAllText(Path.Combine(directory, name + ".pem")), File.ReadAllText(Path.Combine(directory, name + ".key")),
        Encoding.UTF8.GetBytes(File.ReadAllText(live.Grid.Ceremony.PassphraseFile).Trim())).Value;
}
