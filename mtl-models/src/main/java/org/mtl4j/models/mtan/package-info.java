/** The multi-task attention network: Liu and others 2019. */
package org.mtl4j.models.mtan;
