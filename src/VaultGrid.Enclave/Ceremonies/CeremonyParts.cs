namespace VaultGrid.Enclave;

/// <summary>What every live ceremony uses.</summary>
/// <param name="Clock">The enclave's time.</param>
/// <param name="SessionKeys">Opens what was sealed to this enclave.</param>
/// <param name="Keeper">Takes the share when the ceremony is over.</param>
internal sealed record CeremonyParts(EnclaveClock Clock, SessionKeys SessionKeys, ShareKeeper Keeper);
