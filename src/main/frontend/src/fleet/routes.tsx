import type { RouteObject } from 'react-router';
import { AlarmsTab } from './AlarmsTab';
import { CheckFormPage } from './CheckFormPage';
import { CheckPage } from './CheckPage';
import { ChecksTab } from './ChecksTab';
import { DetailsTab } from './DetailsTab';
import { HistoryTab } from './HistoryTab';
import { MachineCreatePage } from './MachineCreatePage';
import { MachineEditPage } from './MachineEditPage';
import { MachineLayout } from './MachineLayout';
import { MachinesPage } from './MachinesPage';
import { TemplatePage } from './TemplatePage';
import './fleet.css';

/** Below `/machines`. */
const routes: RouteObject[] = [
  { index: true, element: <MachinesPage /> },
  { path: 'new', element: <MachineCreatePage /> },
  {
    path: ':machineId',
    element: <MachineLayout />,
    children: [
      { index: true, element: <DetailsTab /> },
      { path: 'alarms', element: <AlarmsTab /> },
      { path: 'events', element: <HistoryTab /> },
      { path: 'quick-checks', element: <ChecksTab /> },
    ],
  },
  { path: ':machineId/edit', element: <MachineEditPage /> },
  { path: ':machineId/quick-checks/new', element: <CheckFormPage /> },
  { path: ':machineId/quick-checks/template', element: <TemplatePage /> },
  { path: ':machineId/quick-checks/:checkId', element: <CheckPage /> },
];

export default routes;
