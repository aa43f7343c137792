using Decant.Distillation.Recipes;
using Decant.Torch;

namespace Decant.Distillation.Experiments;

/// <summary>Finds the device that a recipe asks for.</summary>
public static class DeviceChoice
{
    /// <summary>The device.</summary>
    /// <param name="name">As in the recipe.</param>
    /// <exception cref="DecantException">A GPU was asked for and there is none.</exception>
    public static Device Of(DeviceName name) => name switch
    {
        DeviceName.Cpu => Device.Cpu,
        DeviceName.Cuda when TorchRuntime.CudaDevices == 0 => throw new DecantException("The recipe asks for a GPU, but libtorch sees none; set device: auto, or point LIBTORCH at a CUDA build."),
        DeviceName.Cuda => Device.Cuda(),
        _ => TorchRuntime.CudaDevices > 0 ? Device.Cuda() : Device.Cpu,
    };
}
