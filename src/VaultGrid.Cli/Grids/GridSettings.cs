using System.CommandLine;
using System.Text.Json;
using VaultGrid.Ceremony.Files;

namespace VaultGrid.Cli.Grids;

/// <summary>
/// Which grid is meant and who calls: for each setting the option, else the environment, else the context file that <c>grid use</c> wrote.
/// Files are named, never copied; a passphrase is never a setting.
/// </summary>
internal sealed record GridSettings
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public string? Address { get; init; }

    public string? Authorities { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientKey { get; init; }

    public string? PassphraseFile { get; init; }

    /// <summary>Where the context file is: VAULTGRID_CONTEXT, else under the user's configuration.</summary>
    public static string ContextPath => Environment.GetEnvironmentVariable("VAULTGRID_CONTEXT")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "vaultgrid",
            "context.json");

    public static GridSettings Of(Invocation run)
    {
        var context = ReadContext();
        string? Pick(Option<string?> option, string variable, string? saved) => run.Get(option) ?? Environment.GetEnvironmentVariable(variable) ?? saved;
        return new GridSettings
        {
            Address = Pick(CommonOptions.Grid, "VAULTGRID_GRID", context.Address),
            Authorities = Pick(CommonOptions.GridAuthorities, "VAULTGRID_AUTHORITIES", context.Authorities),
            ClientCertificate = Pick(CommonOptions.ClientCertificate, "VAULTGRID_CLIENT_CERT", context.ClientCertificate),
            ClientKey = Pick(CommonOptions.ClientKey, "VAULTGRID_CLIENT_KEY", context.ClientKey),
            PassphraseFile = Pick(CommonOptions.PassphraseFile, "VAULTGRID_PASSPHRASE_FILE", context.PassphraseFile),
        };
    }

    /// <summary>Keeps settings for later commands, with full paths.</summary>
    public void Save()
    {
        var path = ContextPath;
        AtomicFile.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var full = this with
        {
            Authorities = Full(Authorities), ClientCertificate = Full(ClientCertificate), ClientKey = Full(ClientKey), PassphraseFile = Full(PassphraseFile),
        };
        AtomicFile.Write(path, JsonSerializer.Serialize(full, Format) + "\n");
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);

    private static GridSettings ReadContext()
    {
        if (!File.Exists(ContextPath)) return new GridSettings();
        try
        {
            return JsonSerializer.Deserialize<GridSettings>(File.ReadAllText(ContextPath), Format) ?? new GridSettings();
        }
        catch (JsonException)
        {
            throw CommandEndedException.Usage($"the context file {ContextPath} is damaged", "remove it and write it anew with 'vaultgrid grid use'");
        }
    }
}
