using System.CommandLine;

namespace VaultGrid.Cli.Hsm;

/// <summary>Shows how far a ceremony has come.</summary>
internal sealed class HsmCeremonyCommand : LeafCommand
{
    private readonly Argument<string> _ceremony = new("CEREMONY") { Description = "Its hash: for an approved request the request's" };

    public HsmCeremonyCommand()
        : base("ceremony", "Show how far a generation, refresh, resharing or repair has come, and who is blamed", "vaultgrid hsm ceremony 0x…") => Arguments.Add(_ceremony);

    protected override async Task<Report> RunAsync(Invocation run) => Hash256.TryParse(run.Get(_ceremony), out var hash)
        ? HsmText.Ceremony(await run.Grid.SharedKeys.GetCeremonyAsync(hash, run.Cancellation).OrEnd())
        : throw CommandEndedException.Usage($"'{run.Get(_ceremony)}' is not a hash: expected 0x and 64 lower-case hex digits");
}
