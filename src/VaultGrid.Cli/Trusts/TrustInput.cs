using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Grids;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>A Trust that a command is about: a file, or the hash of one that the grid keeps. The document is what is believed, not the grid.</summary>
internal sealed class TrustInput
{
    public Argument<string> Argument { get; } = new("TRUST") { Description = "File of the Trust, or its hash (0x…): then the grid's" };

    public Option<string?> After { get; } = new("--after") { Description = "File of the Trust before it (else the grid's), for what is new", HelpName = "FILE" };

    public Option<string?> Authorities { get; } = new("--authorities")
    {
        Description = "Your CA bundle (else --grid-authorities): what certificates are verified by", HelpName = "FILE",
    };

    public async Task<Trust> ReadAsync(Invocation run) => await ReadAsync(run, run.Get(Argument));

    public static async Task<Trust> ReadAsync(Invocation run, string text)
    {
        if (!Hash256.TryParse(text, out var hash)) return TrustFile.Read(text);
        var trust = await OfGridAsync(run, hash);
        return trust.Hash == hash
            ? trust
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustMalformed, $"the grid answered with another Trust than {hash}"));
    }

    /// <summary>The Trust before; null for the first, or where nobody is there to ask.</summary>
    public async Task<Trust?> PredecessorAsync(Invocation run, TrustBody body)
    {
        if (run.Get(After) is { } path) return TrustFile.Read(path);
        return body.Predecessor is { } hash && run.HasGrid ? await OfGridAsync(run, hash) : null;
    }

    /// <summary>The CAs by which the user verifies.</summary>
    public TrustedAuthorities Trusted(Invocation run) => Trusted(run, Authorities);

    public static TrustedAuthorities Trusted(Invocation run, Option<string?> option) =>
        (run.Get(option) ?? GridSettings.Of(run).Authorities) is { } path
            ? CertificateFile.ReadTrusted(path, run.Now)
            : throw CommandEndedException.Usage("no CA bundle is given", "give --authorities FILE: certificates are verified under your own copy of the root");

    private static async Task<Trust> OfGridAsync(Invocation run, Hash256 hash)
    {
        var status = await run.Trusts.GetTrustAsync(hash, run.Cancellation).OrEnd();
        return Trust.Parse((status.Document ?? default).Span, new CertificateCache()).OrEnd($"the grid's Trust {hash}");
    }
}
