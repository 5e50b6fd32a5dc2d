using System.CommandLine;
using VaultGrid.Client;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Hsm;

/// <summary>A shared key on the command line: its name, or the hash of its birth record where a name is not unique or not to be trusted to the grid.</summary>
internal sealed class SharedKeyInput
{
    public Argument<string> Key { get; } = new("KEY") { Description = "Name of the key, or the hash of its birth record" };

    public Option<string?> Scheme { get; } = SchemeOption.Option(required: false);

    /// <summary>The key as the grid tells of it.</summary>
    public async Task<SharedKeyStatus> ReadAsync(Invocation run)
    {
        var status = Hash256.TryParse(run.Get(Key), out var hash)
            ? await run.Grid.SharedKeys.GetAsync(hash, run.Cancellation).OrEnd()
            : await FindAsync(run, run.Get(Key));
        if (SchemeOption.Read(run.Get(Scheme)) is { } kind && kind.Name() != status.Kind)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.InputUnsupported, $"'{status.KeyId}' is a key for {SchemeOption.NameOf(status.Kind)}"));
        return status;
    }

    /// <summary>The key as its holders sign it, and what uses it.</summary>
    public async Task<(VerifiedKey Key, SharedKeyCaller Caller)> VerifyAsync(Invocation run)
    {
        var (status, caller) = (await ReadAsync(run), run.SharedKeys);
        return (await caller.VerifyAsync(status.Key, run.Cancellation).OrEnd(), caller);
    }

    private static async Task<SharedKeyStatus> FindAsync(Invocation run, string text)
    {
        if (!KeyId.TryParse(text, out var name)) throw CommandEndedException.Usage($"'{text}' is neither a key's name nor a hash");
        var found = await run.Grid.SharedKeys.ListAsync(new SharedKeyQuery { Name = name }, run.Cancellation).OrEnd();
        return found.Items.Where(key => key.State == "in-use").ToList() switch
        {
            [var one] => one,
            [] => throw CommandEndedException.Refused(new Refusal(RefusalCode.KeyUnknown, $"the grid has no shared key '{name}' in use")),
            _ => throw CommandEndedException.Usage($"several keys have the name '{name}'", "name it by the hash of its birth record: 'vaultgrid hsm keys'"),
        };
    }
}
