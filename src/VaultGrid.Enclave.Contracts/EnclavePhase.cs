namespace VaultGrid.Enclave.Contracts;

/// <summary>Where an enclave is in its life. The enclave's own table says which calls each phase answers and which moves are legal.</summary>
public enum EnclavePhase : byte
{
    /// <summary>Fresh: it has no identity and no pins.</summary>
    Unprovisioned = 1,

    /// <summary>It has pins and a D key, and waits for the certificate.</summary>
    Provisioned = 2,

    /// <summary>It has a certificate, and waits for a membership record that names it.</summary>
    Certified = 3,

    /// <summary>It makes, copies and uses keys.</summary>
    Member = 4,

    /// <summary>It found its store rolled back, and waits for an approved <c>restore-node</c>.</summary>
    Held = 5,

    /// <summary>Its keys are destroyed. No way back.</summary>
    Retired = 6,
}
