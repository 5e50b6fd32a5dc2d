using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>A call that was checked and may be answered, once.</summary>
/// <param name="Body">What is asked.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="AnswerKey">The key that secrets in the answer are sealed to.</param>
public sealed record AdmittedCall(CallBody Body, RoleCertificate Caller, P256PublicKey AnswerKey);
