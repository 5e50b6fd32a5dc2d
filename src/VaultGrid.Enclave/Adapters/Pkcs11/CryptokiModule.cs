using System.Runtime.InteropServices;
using System.Text;

namespace VaultGrid.Enclave;

/// <summary>
/// A PKCS#11 module, loaded and initialised. One for each library in a process, since C_Initialize is for a whole process; it stays until the
/// process ends, since C_Finalize would end everybody's sessions.
/// </summary>
internal sealed unsafe class CryptokiModule
{
    // CK_TOKEN_INFO: label (32), manufacturer (32), model (16), serial (16), flags, ten CK_ULONG, two versions (4), time (16).
    private const int LabelLength = 32;
    private const int TokenInfoLength = 208;
    private const int FlagsAt = 96;
    private const nuint TokenInitialized = 0x400;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, CryptokiModule> Loaded = [];

    private CryptokiModule(string path, CryptokiFunctions functions) => (Path, Functions) = (path, functions);

    public string Path { get; }

    public CryptokiFunctions Functions { get; }

    /// <summary>Loads a module, or gives the one that is loaded; <c>store.sealed</c> with what to do where it can't be.</summary>
    public static Outcome<CryptokiModule> Load(string path)
    {
        lock (Gate)
        {
            if (Loaded.TryGetValue(path, out var module)) return module;
            if (!File.Exists(path)) return Refused($"the PKCS#11 module {path} is not there: install the package of your HSM (for SoftHSM: apt-get install softhsm2, /usr/lib/softhsm/libsofthsm2.so)");
            if (!NativeLibrary.TryLoad(path, out var library)) return Refused($"the PKCS#11 module {path} can't be loaded: it must be a shared library for this processor, with its own libraries installed (ldd {path})");
            if (!NativeLibrary.TryGetExport(library, "C_GetFunctionList", out _)) return Refused($"{path} is no PKCS#11 module: it has no C_GetFunctionList");

            try
            {
                var functions = new CryptokiFunctions(library);
                var arguments = new CkInitializeArguments { Flags = Cryptoki.OsLocking };
                var returned = functions.Initialize(&arguments);
                if (returned != Cryptoki.AlreadyInitialized) Cryptoki.Check(returned, "C_Initialize");
                return Loaded[path] = new CryptokiModule(path, functions);
            }
            catch (CryptokiException failed)
            {
                return Refused($"the PKCS#11 module {path} does not start: {failed.Message}");
            }
        }
    }

    /// <summary>The slot of the one initialised token with a label.</summary>
    public Outcome<nuint> SlotOf(string label)
    {
        List<string> seen = [];
        nuint? found = null;
        foreach (var slot in Slots())
        {
            if (Label(slot) is not { } each) continue;
            seen.Add($"'{each}'");
            if (each != label) continue;
            if (found is not null) return Refused($"two tokens have the label '{label}': give them different ones");
            found = slot;
        }

        return found is { } only
            ? only
            : Refused($"no token has the label '{label}'; {(seen.Count == 0 ? "there is none at all" : $"there are {string.Join(", ", seen)}")}");
    }

    private nuint[] Slots()
    {
        nuint count = 0;
        Cryptoki.Check(Functions.GetSlotList(1, null, &count), "C_GetSlotList");
        var slots = new nuint[count];
        fixed (nuint* at = slots) Cryptoki.Check(Functions.GetSlotList(1, at, &count), "C_GetSlotList");
        return slots[..(int)count];
    }

    // Null for a token that is not initialised, or was taken out just now.
    private string? Label(nuint slot)
    {
        var info = stackalloc byte[TokenInfoLength];
        if (Functions.GetTokenInfo(slot, info) != Cryptoki.Ok) return null;
        return (*(nuint*)(info + FlagsAt) & TokenInitialized) == 0 ? null : Encoding.UTF8.GetString(info, LabelLength).TrimEnd();
    }

    private static Refusal Refused(string detail) => new(RefusalCode.StoreSealed, detail);
}
