package org.mtl4j.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;

/** The poms of the house, as Maven itself reads them. */
final class Poms {
  private static final Path ROOT = Path.of(System.getProperty("mtl.root"));

  private Poms() {}

  /** A module's pom with its parent's part in it, properties filled in and profiles applied. */
  static Model read(String module, String... profiles) throws ModelBuildingException {
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
