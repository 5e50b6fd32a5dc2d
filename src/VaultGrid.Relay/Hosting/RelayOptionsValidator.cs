using System.Net;
using Microsoft.Extensions.Options;

namespace VaultGrid.Relay;

/// <summary>Checks the options before anything listens; generated from their annotations, and by hand where members depend on each other.</summary>
[OptionsValidator]
internal sealed partial class RelayOptionsAnnotations : IValidateOptions<RelayOptions>;

/// <summary>What annotations can't say.</summary>
internal sealed class RelayOptionsValidator : IValidateOptions<RelayOptions>
{
    public ValidateOptionsResult Validate(string? name, RelayOptions options)
    {
        if (options.Listen != "*" && !IPAddress.TryParse(options.Listen, out _)) return Wrong("Listen is an IP address or *");
        if (options.HealthPort is > 0 && options.HealthPort == options.Port) return Wrong("HealthPort is another port than Port");
        if (options.Limits.BurstPerCaller < options.Limits.RequestsPerSecondPerCaller) return Wrong("Limits:BurstPerCaller is at least Limits:RequestsPerSecondPerCaller");
        if (options.Channel is { } channel && Fault(channel, options.Limits) is { } fault) return Wrong($"Channel: {fault}");
        if (Fault(options.Remotes, options.Limits) is { } remote) return Wrong($"Remotes: {remote}");
        return options.Upstream is { } upstream && new VaultGridClientOptions { Address = upstream }.Check() is { } refusal
            ? Wrong($"Upstream: {refusal.Detail}")
            : ValidateOptionsResult.Success;
    }

    private static string? Fault(RelayChannel channel, RelayLimits limits)
    {
        if (!CertificateIdentity.Parse(channel.Peer).Is(out var peer, out _) || peer.Role != CertificateRole.Relay) return "Peer is a relay's identity, such as vaultgrid://relay/inner";
        return channel.Patience >= limits.RequestTimeout ? "Patience is to be shorter than Limits:RequestTimeout" : null;
    }

    private static string? Fault(IList<RelayRemote> remotes, RelayLimits limits)
    {
        if (remotes.Any(remote => remote.Address is null == remote.Channel is null)) return "each has either an Address or a Channel";
        if (remotes.Any(remote => remote.Clusters.Count == 0 || remote.Clusters.Contains(0))) return "each names its clusters, by numbers from 1";
        if (remotes.SelectMany(remote => remote.Clusters).CountBy(cluster => cluster).Any(named => named.Value > 1)) return "a cluster is named twice";
        return remotes.Select(remote => remote.Channel).OfType<RelayChannel>().Select(channel => Fault(channel, limits)).FirstOrDefault(fault => fault is not null)
            ?? remotes.Select(remote => remote.Address).OfType<Uri>().Select(address => new VaultGridClientOptions { Address = address }.Check()?.Detail).FirstOrDefault(fault => fault is not null);
    }

    private static ValidateOptionsResult Wrong(string why) => ValidateOptionsResult.Fail($"{RelayOptions.Section}: {why}");
}
