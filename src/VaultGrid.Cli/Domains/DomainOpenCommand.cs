using System.CommandLine;
using System.Security.Cryptography;
using VaultGrid.Ceremony.Files;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainOpenCommand : LeafCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Argument<string> _ciphertext = new("FILE") { Description = "RSA-OAEP with SHA-256, 384 bytes" };
    private readonly Option<string> _out = new("--out") { Description = "Where the plaintext goes ('-': standard output)", HelpName = "FILE", Required = true };

    public DomainOpenCommand()
        : base("decrypt", "Decrypt with a key-pair Domain of kind rsa-3072", "vaultgrid domain use decrypt 7d9b1c4e-… secret.bin --out secret.txt")
    {
        Arguments.Add(_domain);
        Arguments.Add(_ciphertext);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var target = run.Get(_out);
        if (target != "-") _ = OutputFiles.Check(target);
        var ciphertext = InputFile.Bytes(run.Get(_ciphertext), DomainParameters.CiphertextLimit);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        using var plaintext = await run.Domains.DecryptAsync(domain, 0, ciphertext, run.Cancellation).OrEnd();
        var bytes = GC.AllocateArray<byte>(plaintext.Length, pinned: true);
        try
        {
            plaintext.CopyTo(bytes);
            if (target == "-") await Console.OpenStandardOutput().WriteAsync(bytes, run.Cancellation);
            else AtomicFile.Write(target, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }

        run.Screen.Progress($"decrypted {bytes.Length} bytes with Domain {domain.Keys.Id}");
        return Report.ShownAlready;
    }
}
