using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace VaultGrid.Testing.Hardware;

/// <summary>
/// SoftHSM2 with tokens of its own in a temporary folder. A PKCS#11 module is initialised once for a whole process, and then knows its tokens: so
/// there is one for all tests of a process, with all the tokens they need.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed partial class SoftHsm
{
    /// <summary>The user PIN of every token.</summary>
    public const string Pin = "pin-of-the-vault";

    private static readonly string[] Places =
        ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];

    private static readonly Lazy<SoftHsm> Only = new(() => new SoftHsm());

    private readonly string _folder = Directory.CreateTempSubdirectory("vg-hsm-").FullName;

    private SoftHsm()
    {
        var tokens = Directory.CreateDirectory(Path.Combine(_folder, "tokens"));
        File.WriteAllText(Configuration, string.Create(CultureInfo.InvariantCulture, $"directories.tokendir = {tokens.FullName}\nobjectstore.backend = file\nlog.level = ERROR\n"));
        foreach (var label in Labels)
            Tools.Run("softhsm2-util", ["--init-token", "--free", "--label", label, "--so-pin", "pin-of-the-officer", "--pin", Pin], ("SOFTHSM2_CONF", Configuration));

        // The module reads it with getenv, which doesn't see what .NET sets.
        if (SetVariable("SOFTHSM2_CONF", Configuration, 1) != 0) throw new InvalidOperationException("setenv failed.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The module, or null where SoftHSM2 is not installed.</summary>
    public static string? Module { get; } = Tools.Has("softhsm2-util") ? Places.FirstOrDefault(File.Exists) : null;

    /// <summary>The labels of the tokens: two to use, and one that tests log in to with wrong PINs.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["vault", "other", "guessed"];

    /// <summary>The tokens, made when they are first asked for.</summary>
    public static SoftHsm Instance => Only.Value;

    /// <summary>The configuration file, for other processes: SOFTHSM2_CONF.</summary>
    public string Configuration => Path.Combine(_folder, "softhsm2.conf");

    /// <summary>Where the tokens' objects lie; whoever uses one writes there.</summary>
    public string Tokens => Path.Combine(_folder, "tokens");

    /// <summary>Writes a PIN into a file that only its owner can read.</summary>
    public string PinFile(string pin = Pin)
    {
        var path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(path, pin + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    // int setenv(const char *name, const char *value, int overwrite); 0 = done
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
