using System.Diagnostics;
using System.Globalization;

namespace VaultGrid.Testing.Hardware;

/// <summary>A TPM 2.0 in software (swtpm) of its own: fresh state in a temporary folder, Unix sockets, no network.</summary>
public sealed class SoftTpm : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vg-tpm-").FullName;
    private int _id;

    /// <summary>Makes one and switches it on.</summary>
    public SoftTpm() => SwitchOn();

    /// <summary>True where swtpm and the tools are installed.</summary>
    public static bool IsInstalled { get; } = Tools.Has("swtpm") && Tools.Has("tpm2_pcrextend");

    /// <summary>The way to it, as the TSS names it.</summary>
    public string Tcti => $"swtpm:path={Socket}";

    /// <summary>All that it keeps; nobody may be connected. Setting it is what no owner of a real one can do.</summary>
    public byte[] State
    {
        get => File.ReadAllBytes(Permanent);
        set
        {
            SwitchOff();
            File.WriteAllBytes(Permanent, value);
            SwitchOn();
        }
    }

    private string Permanent => Path.Combine(_folder, "tpm2-00.permall");

    private string Socket => Path.Combine(_folder, "tpm");

    private string PidFile => Path.Combine(_folder, "pid");

    /// <summary>Extends a register of the SHA-256 bank, as firmware does with what it measures. Nobody else may be connected.</summary>
    public void Extend(int register) =>
        Run("tpm2_pcrextend", string.Create(CultureInfo.InvariantCulture, $"{register}:sha256={new string('7', 64)}"));

    /// <summary>Deletes an NV index, as an owner can.</summary>
    public void Undefine(uint index) => Run("tpm2_nvundefine", string.Create(CultureInfo.InvariantCulture, $"0x{index:x8}"));

    /// <summary>Makes an NV index that anybody can write to, as an owner can.</summary>
    public void DefineOrdinary(uint index) =>
        Run("tpm2_nvdefine", string.Create(CultureInfo.InvariantCulture, $"0x{index:x8}"), "-s", "8", "-a", "authread|authwrite|no_da");

    /// <summary>Forgets every secret of the owner.</summary>
    public void Clear() => Run("tpm2_clear", "-c", "p");

    /// <summary>Switches it off and on: registers begin anew, memory stays.</summary>
    public void Restart()
    {
        SwitchOff();
        SwitchOn();
    }

    public void Dispose()
    {
        SwitchOff();
        Directory.Delete(_folder, recursive: true);
    }

    private void Run(string tool, params string[] arguments) => Tools.Run(tool, ["-T", Tcti, .. arguments]);

    // It goes to the background once its sockets are there.
    private void SwitchOn()
    {
        Tools.Run("swtpm", [
            "socket", "--tpm2", "--tpmstate", $"dir={_folder}", "--server", $"type=unixio,path={Socket}", "--ctrl", $"type=unixio,path={Socket}.ctrl",
            "--flags", "not-need-init,startup-clear", "--pid", $"file={PidFile}", "--daemon",
        ]);
        _id = int.Parse(File.ReadAllText(PidFile), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }

    // It is no child of this process, and whose child it is may take a second to notice that it has ended: dead it holds nothing any more.
    private void SwitchOff()
    {
        using (var process = Process.GetProcessById(_id)) process.Kill();
        SpinWait.SpinUntil(() => !IsRunning(_id));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
