using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>A PKCS#11 token of SoftHSM2 with a configuration, a store and a PIN of its own.</summary>
internal sealed class SoftToken(string directory) : IEnclaveHardware
{
    private const string Label = "vault";
    private const int PinBytes = 16;

    private static readonly string[] Modules =
    [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
    ];

    private string Folder => Path.Combine(directory, "token");

    private string Configuration => Path.Combine(Folder, "softhsm2.conf");

    private string Tokens => Path.Combine(Folder, "tokens");

    private string PinFile => Path.Combine(Folder, "pin");

    public IReadOnlyList<string> Switches => ["--adapter", "pkcs11", "--pkcs11-module", Module(), "--pkcs11-token", Label, "--pkcs11-pin-file", PinFile, "--writable", Tokens];

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string> { ["SOFTHSM2_CONF"] = Configuration };

    public async Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (File.Exists(Configuration)) return;
        AtomicFile.CreateDirectory(Tokens);
        PrivateFile.Make(PinFile, PinBytes, isText: true);
        PrivateFile.Make(Path.Combine(Folder, "officer-pin"), PinBytes, isText: true);
        AtomicFile.Write(Configuration, $"directories.tokendir = {Tokens}\nobjectstore.backend = file\nlog.level = ERROR\n");

        // The tool takes PINs as arguments only: the shell reads them from their files, and they are this grid's alone.
        string[] script = ["-c", "exec softhsm2-util --init-token --free --label \"$0\" --so-pin \"$(cat \"$1\")\" --pin \"$(cat \"$2\")\"", Label, Path.Combine(Folder, "officer-pin"), PinFile];
        var step = new LocalProcess("softhsm2-util", "sh", script, Path.Combine(Folder, "token.log"), Variables);
        await using (step.ConfigureAwait(false))
        {
            if (await step.RunAsync(cancellationToken).ConfigureAwait(false) == 0) return;
            File.Delete(Configuration);
            throw step.Failed("could not make a token");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Module() => Modules.FirstOrDefault(File.Exists) ?? throw new LocalGridException("a grid on PKCS#11 tokens needs SoftHSM2: apt-get install softhsm2");
}
