package org.mtl4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.junit.jupiter.api.Test;

/** The native poms bring the one jar that they promise, as Maven itself reads them. */
class NativePomsTest {
  private static final Path ROOT = Path.of(System.getProperty("mtl.root"));

  @Test
  void theProcessorsPomBringsTheJarOfThePlatformItIsBuiltOn() throws Exception {
    assertThat(natives("mtl-native-cpu")).containsExactly(jar(platform()));
  }

  @Test
  void theProcessorsPomKnowsEachPlatformOnce() throws Exception {
    for (String platform :
        List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "windows-x86_64")) {
      assertThat(nativesOf(read("mtl-native-cpu", platform))).contains(jar(platform));
    }
  }

  @Test
  void theGpuPomBringsTheJarOfNvidiaGpus() throws Exception {
    assertThat(natives("mtl-native-gpu")).containsExactly(jar("linux-x86_64-gpu"));
  }

  @Test
  void theCommandRunsOnTheProcessorUnlessTheGpuProfileIsOn() throws Exception {
    assertThat(nativePoms(read("mtl-cli"))).containsExactly("mtl-native-cpu");
    assertThat(nativePoms(read("mtl-cli", "gpu"))).containsExactly("mtl-native-gpu");
  }

  private static List<String> natives(String module) throws ModelBuildingException {
    return nativesOf(read(module));
  }

  private static List<String> nativesOf(Model model) {
    return model.getDependencies().stream()
        .map(d -> d.getArtifactId() + ":" + d.getClassifier())
        .toList();
  }

  private static String jar(String classifier) {
    return "tensorflow-core-native:" + classifier;
  }

  private static List<String> nativePoms(Model model) {
    return model.getDependencies().stream()
        .map(Dependency::getArtifactId)
        .filter(name -> name.startsWith("mtl-native-"))
        .toList();
  }

  /** TensorFlow's name of this machine. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    return (os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : os) + "-" + arch;
  }

  /** A module's pom with its parent's part in it, properties filled in and profiles applied. */
  private static Model read(String module, String... profiles) throws ModelBuildingException {
    Properties system = new Properties();
    system.putAll(System.getProperties());
    var request =
        new DefaultModelBuildingRequest()
            .setPomFile(ROOT.resolve(module).resolve("pom.xml").toFile())
            .setSystemProperties(system)
            .setActiveProfileIds(List.of(profiles))
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_STRICT)
            // The second phase fetches imported poms: nothing here is managed by them.
            .setTwoPhaseBuilding(true);
    return new DefaultModelBuilderFactory().newInstance().build(request).getEffectiveModel();
  }
}
