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
        return options.Upstream is { } upstream && new VaultGridClientOptions { Address = upstream }.Check() is { } refusal
            ? Wrong($"Upstream: {refusal.Detail}")
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Wrong(string why) => ValidateOptionsResult.Fail($"{RelayOptions.Section}: {why}");
}
