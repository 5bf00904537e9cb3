/** Progressive layered extraction: Tang and others 2020. */
package org.mtl4j.models.ple;
