/** The experiment file as typed records. */
package org.mtl4j.experiment.config;
